package org.sparkgen.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;

/** Images of random bytes, as a shard holds them. */
final class RandomImages {
  private static final long SEED = 0;

  private RandomImages() {}

  /** Batches of a run's size over one block of random images, shuffled. */
  static BatchAssembler batches(RunConfig config, int count) {
    byte[] pixels = new byte[count * config.data().shape().size()];
    new Random(SEED).nextBytes(pixels);
    int[] labels = new int[count];
    Arrays.fill(labels, ExampleBlock.NO_LABEL);
    ExampleBlock block = ExampleBlock.ofImages(pixels, labels, new long[count]);
    BatchAssembler batches =
        new BatchAssembler(
            List.of(block),
            config.data().shape(),
            config.model().pixelRange(),
            config.training().batchSize());
    batches.order(SEED);
    return batches;
  }
}
