package org.sparkgen.training;

import java.util.List;
import org.sparkgen.config.DataConfig.Binarization;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;

/** The batches of a shard as a run's configuration wants them: to learn from, or to measure on. */
public final class RunBatches {
  /** Of no run, so that all runs are measured on the same black and white pixels. */
  private static final long EVALUATION_SEED = 0x62696E6172697A65L;

  private RunBatches() {}

  /** In the order, and with the drawn pixels, of an epoch of training. */
  public static BatchAssembler forTraining(
      RunConfig config, List<ExampleBlock> blocks, int epoch, int shard) {
    long seed = config.run().seed();
    BatchAssembler batches = plain(config, blocks, config.training().batchSize());
    batches.order(Seeds.shuffle(seed, epoch, shard));
    if (binary(config)) {
      batches.binarize(Seeds.binarization(seed, epoch, shard));
    }
    return batches;
  }

  /**
   * In the blocks' own order. Drawn pixels are a function of the example alone: the same in every
   * evaluation of every run, whatever its seed and its number of shards.
   */
  public static BatchAssembler forEvaluation(RunConfig config, List<ExampleBlock> blocks) {
    return forEvaluation(config, blocks, config.training().batchSize());
  }

  /** As {@link #forEvaluation}, the examples of a block in one batch. */
  public static Batch inOneBatch(RunConfig config, ExampleBlock block) {
    return forEvaluation(config, List.of(block), block.count()).batch(0);
  }

  /** As {@link #forEvaluation(RunConfig, List)}, with another number of examples in a batch. */
  public static BatchAssembler forEvaluation(
      RunConfig config, List<ExampleBlock> blocks, int batchSize) {
    BatchAssembler batches = plain(config, blocks, batchSize);
    if (binary(config)) {
      batches.binarize(EVALUATION_SEED);
    }
    return batches;
  }

  private static BatchAssembler plain(RunConfig config, List<ExampleBlock> blocks, int batchSize) {
    return new BatchAssembler(
        blocks, config.data().shape(), config.model().pixelRange(), batchSize);
  }

  private static boolean binary(RunConfig config) {
    return config.data().binarize() == Binarization.DYNAMIC;
  }
}
