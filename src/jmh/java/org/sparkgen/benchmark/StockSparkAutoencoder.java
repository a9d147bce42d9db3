package org.sparkgen.benchmark;

import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A plain autoencoder with the dense VAE's layers under DL4J Spark's own parameter averaging, two
 * workers, once an epoch: it can neither pretrain a VAE layer nor alternate two networks.
 */
final class StockSparkAutoencoder implements StockTrainer {
  private static final int WORKERS = 2;
  private static final int HIDDEN = 400;
  private static final int CODE = 20;

  private final JavaRDD<DataSet> batches;
  private final SparkDl4jMultiLayer trainer;
  private final long examples;

  /** On that many cores of this process. */
  StockSparkAutoencoder(StockImages images, int cores) {
    JavaSparkContext context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[" + cores + "]")
                .setAppName("stock averaging")
                .set("spark.ui.enabled", "false"));
    int size = images.batchSize();
    int count = images.batches() / WORKERS * WORKERS;
    this.examples = (long) count * size;
    this.batches = batches(context, images, count);
    // One split an epoch, of equal parts: this trainer does not weight.
    this.trainer =
        new SparkDl4jMultiLayer(
            context,
            configuration(),
            new ParameterAveragingTrainingMaster.Builder(WORKERS, size)
                .batchSizePerWorker(size)
                .averagingFrequency(count / WORKERS)
                .saveUpdater(true)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.Never)
                .build());
  }

  /** Batches made from numbers that Spark holds: arrays outside of the heap don't belong there. */
  private static JavaRDD<DataSet> batches(JavaSparkContext context, StockImages images, int count) {
    int size = images.batchSize();
    Broadcast<float[][]> pixels =
        context.broadcast(
            IntStream.range(0, count).mapToObj(images::pixels).toArray(float[][]::new));
    JavaRDD<float[]> held =
        context
            .parallelize(IntStream.range(0, count).boxed().toList(), WORKERS)
            .map(batch -> pixels.value()[batch])
            .persist(StorageLevel.MEMORY_ONLY());
    held.count();
    return held.map(
        values -> {
          INDArray rows = Nd4j.create(values, new long[] {size, StockImages.PIXELS}, 'c');
          return new DataSet(rows, rows);
        });
  }

  private static MultiLayerConfiguration configuration() {
    return StockLayers.network(new Adam(1e-3))
        .list()
        .layer(StockLayers.dense(StockImages.PIXELS, HIDDEN, Activation.RELU).build())
        .layer(StockLayers.dense(HIDDEN, CODE, Activation.IDENTITY).build())
        .layer(StockLayers.dense(CODE, HIDDEN, Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.XENT)
                .nIn(HIDDEN)
                .nOut(StockImages.PIXELS)
                .activation(Activation.SIGMOID)
                .build())
        .build();
  }

  @Override
  public long epoch(int epoch) {
    trainer.fit(batches);
    return examples;
  }

  @Override
  public double score() {
    return trainer.getScore();
  }

  @Override
  public String description() {
    return "plain autoencoder, ParameterAveragingTrainingMaster, averaged every epoch";
  }
}
