package org.sparkgen.model;

import java.util.function.IntToLongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.data.Batch;
import org.sparkgen.nn.Net;

/** An autoencoder whose latent vectors have a prior, so that new examples can be drawn. */
public final class VariationalAutoencoderModel extends AutoencoderModel
    implements Sampler, LikelihoodEstimator {
  VariationalAutoencoderModel(
      AutoencoderConfig config, ExampleShape shape, Net encoder, Net decoder) {
    super(config, shape, encoder, decoder);
  }

  @Override
  public float[] inputs(long seed, long first, int count, SampleChoice choice) {
    return Noise.inputs(this, Prior.NORMAL, seed, first, count, choice);
  }

  @Override
  public Posterior logWeights(
      Batch batch, int samples, IntToLongFunction noiseSeeds, Receiver receiver) {
    double[] encoded = encoded(batch);
    importanceSampling(receiver).draw(batch, encoded, samples, noiseSeeds);
    return posterior(encoded);
  }

  @Override
  public Posterior posterior(Batch batch) {
    return posterior(encoded(batch));
  }

  private Posterior posterior(double[] encoded) {
    return new LatentGaussian(DataType.FLOAT, latentSize(), encoded, new double[0]).posterior();
  }
}
