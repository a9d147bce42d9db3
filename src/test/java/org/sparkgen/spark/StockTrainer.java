package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.training.ShardReport;
import org.sparkgen.training.ShardResult;
import org.sparkgen.training.ShardTask;
import org.sparkgen.training.ShardTrainer;

/** Fits a stock DL4J network as an autoencoder on the batches of a shard, in their order. */
final class StockTrainer implements ShardTrainer {
  static final String NET = "autoencoder";

  private static final long serialVersionUID = 1L;

  private final String configuration;
  private final int features;
  private final int batchSize;

  StockTrainer(MultiLayerConfiguration configuration, int features, int batchSize) {
    this.configuration = configuration.toJson();
    this.features = features;
    this.batchSize = batchSize;
  }

  @Override
  public ShardResult train(Snapshot start, List<ExampleBlock> shard, ShardTask task) {
    MultiLayerNetwork network = network(start.nets().get(NET));
    List<DataSet> batches = batches(shard.get(0).values(), features, batchSize);
    int last = task.firstBatch() + task.batches();
    batches.subList(task.firstBatch(), last).forEach(network::fit);
    return new ShardResult(
        new Snapshot(Map.of(NET, state(network))),
        new ShardReport(task.shard(), (long) task.batches() * batchSize, Map.of(), Map.of(), null));
  }

  private MultiLayerNetwork network(NetState state) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
    network.init(Nd4j.create(state.parameters(), 1, state.parameters().length), true);
    if (state.updater().length > 0) {
      INDArray moments = Nd4j.create(state.updater(), 1, state.updater().length);
      network.getUpdater().setStateViewArray(null, moments, false);
    }
    network.getLayerWiseConfigurations().setIterationCount((int) state.iteration());
    return network;
  }

  /** The state of a network as our rounds carry it. */
  static NetState state(MultiLayerNetwork network) {
    INDArray moments = network.getUpdater().getStateViewArray();
    return new NetState(
        network.params().toFloatVector(),
        moments == null ? new float[0] : moments.toFloatVector(),
        network.getLayerWiseConfigurations().getIterationCount());
  }

  /** Rows as batches whose labels are their features. */
  static List<DataSet> batches(float[] rows, int features, int batchSize) {
    List<DataSet> batches = new ArrayList<>();
    int perBatch = batchSize * features;
    for (int from = 0; from < rows.length; from += perBatch) {
      float[] values = Arrays.copyOfRange(rows, from, from + perBatch);
      INDArray examples = Nd4j.create(values, batchSize, features);
      batches.add(new DataSet(examples, examples.dup()));
    }
    return batches;
  }
}
