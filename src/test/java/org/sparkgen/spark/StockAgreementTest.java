package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.UpdaterRule;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.training.ShardTask;

/**
 * A plain autoencoder trained by our round and by DL4J Spark's own parameter averaging ends with
 * the same parameters: same initial weights, same batches in the same order, shards of equal size
 * (the stock trainer does not weight).
 */
@ExtendWith(LocalSpark.class)
class StockAgreementTest {
  private static final int SHARDS = 2;
  private static final int ROUNDS = 3;
  private static final int BATCHES = 4;
  private static final int BATCH_SIZE = 8;
  private static final int FEATURES = 20;
  private static final float TOLERANCE = 1e-5f;

  @Test
  void plainGradientDescentAgrees(JavaSparkContext context) {
    agree(context, new Sgd(0.5));
  }

  @Test
  void adamWithSavedUpdaterAgrees(JavaSparkContext context) {
    agree(context, new Adam(1e-2));
  }

  @Test
  void freshUpdaterIsAnotherAlgorithm(JavaSparkContext context) {
    // The control: what the agreement above would miss if Adam's state were lost on the way.
    MultiLayerConfiguration configuration = configuration(new Adam(1e-2));

    float[] averaged = ours(context, configuration, UpdaterRule.AVERAGE).parameters();
    float[] fresh = ours(context, configuration, UpdaterRule.FRESH).parameters();

    assertThat(largestDifference(averaged, fresh)).isGreaterThan(100 * TOLERANCE);
  }

  private static void agree(JavaSparkContext context, IUpdater updater) {
    MultiLayerConfiguration configuration = configuration(updater);
    NetState start = StockTrainer.state(fresh(configuration));

    NetState stock = stock(context, configuration);
    NetState ours = ours(context, configuration, UpdaterRule.AVERAGE);

    assertThat(largestDifference(ours.parameters(), start.parameters()))
        .as("training moves the parameters")
        .isGreaterThan(1e-2f);
    assertThat(largestDifference(ours.parameters(), stock.parameters())).isLessThan(TOLERANCE);
    assertThat(largestDifference(ours.updater(), stock.updater())).isLessThan(TOLERANCE);
    assertThat(ours.iteration()).isEqualTo(stock.iteration()).isEqualTo(ROUNDS * BATCHES);
  }

  /** One call of the stock trainer per averaging: it would split a larger RDD at random. */
  private static NetState stock(JavaSparkContext context, MultiLayerConfiguration configuration) {
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(SHARDS, BATCH_SIZE)
            .batchSizePerWorker(BATCH_SIZE)
            .averagingFrequency(BATCHES)
            .saveUpdater(true)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .build();
    SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(context, fresh(configuration), master);
    for (int round = 0; round < ROUNDS; round++) {
      List<DataSet> batches = new ArrayList<>();
      for (int shard = 0; shard < SHARDS; shard++) {
        batches.addAll(
            StockTrainer.batches(rows(shard), FEATURES, BATCH_SIZE)
                .subList(round * BATCHES, (round + 1) * BATCHES));
      }
      trainer.fit(context.parallelize(batches, SHARDS));
    }
    return StockTrainer.state(trainer.getNetwork());
  }

  private static NetState ours(
      JavaSparkContext context, MultiLayerConfiguration configuration, UpdaterRule updater) {
    List<List<ExampleBlock>> blocks = new ArrayList<>();
    int examples = ROUNDS * BATCHES * BATCH_SIZE;
    for (int shard = 0; shard < SHARDS; shard++) {
      blocks.add(List.of(ExampleBlock.ofRows(rows(shard), new int[examples], new long[examples])));
    }
    JavaRDD<List<ExampleBlock>> shards = context.parallelize(blocks, SHARDS);
    AveragingRound round =
        new AveragingRound(
            shards,
            new StockTrainer(configuration, FEATURES, BATCH_SIZE),
            new AveragingSettings(Map.of(), updater, OptionalInt.of(3)),
            new StatsTimeline());
    Snapshot snapshot =
        new Snapshot(Map.of(StockTrainer.NET, StockTrainer.state(fresh(configuration))));
    for (int i = 0; i < ROUNDS; i++) {
      snapshot =
          round
              .run(snapshot, new ShardTask(i, 0, i * BATCHES, BATCHES, ROUNDS * BATCHES, 0))
              .snapshot();
    }
    return snapshot.nets().get(StockTrainer.NET);
  }

  private static MultiLayerConfiguration configuration(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(42)
        .updater(updater)
        .weightInit(WeightInit.XAVIER)
        .list()
        .layer(dense(FEATURES, 12, Activation.RELU))
        .layer(dense(12, 5, Activation.SIGMOID))
        .layer(dense(5, 12, Activation.RELU))
        .layer(
            new OutputLayer.Builder(LossFunction.MSE)
                .nIn(12)
                .nOut(FEATURES)
                .activation(Activation.SIGMOID)
                .build())
        .build();
  }

  private static DenseLayer dense(int in, int out, Activation activation) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
  }

  private static MultiLayerNetwork fresh(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return network;
  }

  private static float[] rows(int shard) {
    Random random = new Random(100 + shard);
    float[] rows = new float[ROUNDS * BATCHES * BATCH_SIZE * FEATURES];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    return rows;
  }

  private static float largestDifference(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    float largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }
}
