package org.sparkgen.training;

import java.util.List;
import org.sparkgen.config.DataConfig.Binarization;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;

/** The batches of a shard as a run's configuration wants them: to learn from, or to measure on. */
public final class RunBatches {
  private static final String EVALUATION = "binarization";

  private RunBatches() {}

  /** In the order, and with the drawn pixels, of an epoch of training. */
  public static BatchAssembler forTraining(
      RunConfig config, List<ExampleBlock> blocks, int epoch, int shard) {
    long seed = config.run().seed();
    BatchAssembler batches = plain(config, blocks);
    batches.order(Seeds.shuffle(seed, epoch, shard));
    if (binary(config)) {
      batches.binarize(Seeds.binarization(seed, epoch, shard));
    }
    return batches;
  }

  /** In the blocks' own order, with pixels drawn once for all evaluations of the run. */
  public static BatchAssembler forEvaluation(
      RunConfig config, List<ExampleBlock> blocks, int shard) {
    BatchAssembler batches = plain(config, blocks);
    if (binary(config)) {
      batches.binarize(Seeds.samples(config.run().seed(), EVALUATION, shard));
    }
    return batches;
  }

  private static BatchAssembler plain(RunConfig config, List<ExampleBlock> blocks) {
    return new BatchAssembler(
        blocks, config.data().shape(), config.model().pixelRange(), config.training().batchSize());
  }

  private static boolean binary(RunConfig config) {
    return config.data().binarize() == Binarization.DYNAMIC;
  }
}
