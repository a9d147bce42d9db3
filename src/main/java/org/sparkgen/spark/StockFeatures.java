package org.sparkgen.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.FeatureNetwork;
import org.sparkgen.model.StockFeatureNetwork;
import org.sparkgen.nn.StockNetwork;
import org.sparkgen.training.RunModels;

/** The features of a user's Deeplearning4j network. */
public final class StockFeatures implements FeatureSource {
  private static final long serialVersionUID = 1L;

  private final byte[] zip;
  private final String name;
  private final String configuration;

  /** Networks that no task of this process uses at the moment. */
  private transient Deque<FeatureNetwork> idle;

  /**
   * A network's file.
   *
   * @param zip its content
   * @param name what messages call it
   * @param configuration the effective configuration, as text, of a run over the examples that the
   *     network is to be given
   */
  public StockFeatures(byte[] zip, String name, String configuration) {
    this.zip = zip;
    this.name = name;
    this.configuration = configuration;
  }

  @Override
  public <T> T use(Function<FeatureNetwork, T> use) {
    FeatureNetwork network = take();
    try {
      return use.apply(network);
    } finally {
      giveBack(network);
    }
  }

  private FeatureNetwork take() {
    synchronized (this) {
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    RunConfig config = RunModels.parse(configuration);
    return new StockFeatureNetwork(StockNetwork.read(zip, name, config.data().shape()));
  }

  private synchronized void giveBack(FeatureNetwork network) {
    idle = idle == null ? new ArrayDeque<>() : idle;
    idle.push(network);
  }
}
