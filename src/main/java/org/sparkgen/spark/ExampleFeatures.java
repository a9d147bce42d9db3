package org.sparkgen.spark;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.FeatureSample;
import org.sparkgen.model.FeatureNetwork;
import org.sparkgen.model.Features;
import org.sparkgen.training.RunModels;

/** Features of real examples, computed by Spark. */
final class ExampleFeatures {
  private static final int BATCH = 256;

  private ExampleFeatures() {}

  /**
   * Features of at most so many examples, each shard giving its share.
   *
   * @param configuration effective configuration of the run that the examples are of
   * @param mostExamples how many at most
   * @param mostRows rows that are kept, each shard giving its share
   */
  static FeatureSample of(
      ExampleShards examples,
      Broadcast<FeatureSource> network,
      String configuration,
      int mostExamples,
      int mostRows) {
    int[] rows = examples.shares(Math.min(mostRows, mostExamples));
    FeatureSample all = new FeatureSample(mostRows);
    OrderedParts.forEach(
        examples
            .blocks(mostExamples)
            .mapPartitionsWithIndex(
                (shard, content) ->
                    List.of(sample(network.value(), configuration, content.next(), rows[shard]))
                        .iterator(),
                true),
        all::merge);
    return all;
  }

  private static FeatureSample sample(
      FeatureSource source, String configuration, List<ExampleBlock> blocks, int mostRows) {
    RunConfig config = RunModels.parse(configuration);
    return source.use(network -> sample(network, config.data().shape(), blocks, mostRows));
  }

  private static FeatureSample sample(
      FeatureNetwork network, ExampleShape shape, List<ExampleBlock> blocks, int mostRows) {
    BatchAssembler batches = new BatchAssembler(blocks, shape, PixelRange.UNIT, BATCH);
    FeatureSample sample = new FeatureSample(mostRows);
    for (int i = 0; i < batches.batchCount(); i++) {
      Features features = network.look(batches.batch(i).examples());
      sample.add(features.values(), features.size());
    }
    return sample;
  }
}
