package org.sparkgen.spark;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.Trainable;
import org.sparkgen.training.RunBatches;

/** A trained model's look at blocks of examples, in a task. */
final class FunctionPass {
  /** Blocks that a task looks at with the state loaded once. */
  static final int BLOCKS = 8;

  private FunctionPass() {}

  /**
   * What a function says, block by block; computed as it is asked for.
   *
   * @param model in the trained state
   * @param blocks each of at least one and at most {@link ExampleChunk#capacity} examples
   * @return for each block a row of values for each place of a full block, of which the first are
   *     those of its examples
   */
  static Iterator<List<Object[]>> values(
      Trainable model, RunConfig config, List<ExampleBlock> blocks, ExampleFunction function) {
    int capacity = ExampleChunk.capacity(config.data().shape().size());
    if (function.isGivenClasses()) {
      blocks.forEach(block -> requireClasses(config.model().classes(), block));
    }
    // All batches are of one size, on which the rounding of a matrix product depends.
    List<ExampleBlock> padded = blocks.stream().map(block -> block.paddedTo(capacity)).toList();
    BatchAssembler batches = RunBatches.forEvaluation(config, padded, capacity);
    return IntStream.range(0, padded.size())
        .mapToObj(i -> function.apply(model, config, padded.get(i), batches.batch(i)))
        .iterator();
  }

  private static void requireClasses(int classes, ExampleBlock block) {
    boolean known =
        classes == 0 || Arrays.stream(block.labels()).allMatch(l -> l >= 0 && l < classes);
    if (!known) {
      throw new JobException(
          ExitCode.INPUT,
          "a conditional model looks at an example given its class, but there are examples without a label from 0 to %d; give labels, or train without model.classes"
              .formatted(classes - 1));
    }
  }
}
