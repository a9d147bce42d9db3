package org.sparkgen.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.data.Batch;
import org.sparkgen.loss.GaussianKl;
import org.sparkgen.loss.ReconstructionLoss;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;

/**
 * Autoencoder, VAE and beta-VAE: an encoder to a point or a diagonal Gaussian, and a decoder.
 *
 * <p>The objective is the mean over the batch of {@code -log p(x|z) + beta KL(q(z|x) || N(0, I))}
 * with one reparameterised sample z per example (Kingma and Welling 2013; Higgins et al. 2017); a
 * plain autoencoder has z = encoder(x) and no KL.
 */
public sealed class AutoencoderModel
    implements GenerativeModel, Generator, Encoder, Reconstructor, Evaluable
    permits VariationalAutoencoderModel {
  private final AutoencoderConfig config;
  private final ExampleShape shape;
  private final Net encoder;
  private final Net decoder;
  private final ReconstructionLoss loss;
  private double beta;
  private Noise noise = new Noise(0);

  AutoencoderModel(AutoencoderConfig config, ExampleShape shape, Net encoder, Net decoder) {
    this.config = config;
    this.shape = shape;
    this.encoder = encoder;
    this.decoder = decoder;
    this.loss = new ReconstructionLoss(config.likelihood());
    this.beta = config.beta();
  }

  @Override
  public Map<String, Net> nets() {
    Map<String, Net> nets = new LinkedHashMap<>();
    nets.put(encoder.name(), encoder);
    nets.put(decoder.name(), decoder);
    return nets;
  }

  @Override
  public void startRound(int epoch, int firstStep, long noiseSeed) {
    noise = new Noise(noiseSeed);
    int warmup = config.betaWarmupEpochs();
    beta = warmup == 0 ? config.beta() : config.beta() * Math.min(1.0, (double) epoch / warmup);
  }

  @Override
  public StepReport step(Batch batch, Reporting reporting) {
    INDArray x = batch.examples();
    StepReport report = gradients(x, draw(noise, x.size(0)), reporting);
    encoder.update();
    decoder.update();
    return report;
  }

  /** Leaves the gradients of the objective in the networks. */
  StepReport gradients(INDArray x, INDArray epsilon, Reporting reporting) {
    double scale = 1.0 / x.size(0);
    Latent latent = new Latent(encoder.forward(x, Mode.TRAINING), epsilon);
    INDArray raw = decoder.forward(latent.sample(), Mode.TRAINING);
    INDArray target = x.reshape(raw.shape());
    StepReport report =
        reporting == Reporting.LOSSES ? report(raw, target, latent, beta) : StepReport.EMPTY;
    INDArray latentError =
        decoder.backward(loss.gradientInPlace(raw, target, scale), ParameterGradients.REPLACE);
    encoder.backwardToParameters(
        latent.backward(latentError, scale * beta), ParameterGradients.REPLACE);
    return report;
  }

  /** The objective that {@link #gradients} differentiates. */
  double objective(INDArray x, INDArray epsilon) {
    Latent latent = new Latent(encoder.forward(x, Mode.TRAINING), epsilon);
    INDArray raw = decoder.forward(latent.sample(), Mode.TRAINING);
    return report(raw, x.reshape(raw.shape()), latent, beta).means().get("loss");
  }

  private StepReport report(INDArray raw, INDArray target, Latent latent, double klWeight) {
    double count = raw.size(0);
    double reconstruction = loss.value(raw, target) / count;
    if (!config.variational()) {
      return new StepReport(Map.of("loss", reconstruction, "reconstruction", reconstruction));
    }
    double kl = latent.kl() / count;
    return new StepReport(
        Map.of(
            "loss",
            reconstruction + klWeight * kl,
            "reconstruction",
            reconstruction,
            "kl",
            kl,
            "negativeElbo",
            reconstruction + kl));
  }

  @Override
  public StepReport evaluate(Batch batch, long noiseSeed) {
    INDArray x = batch.examples();
    INDArray epsilon = draw(new Noise(noiseSeed), x.size(0));
    Latent latent = new Latent(encoder.forward(x, Mode.INFERENCE), epsilon);
    INDArray raw = decoder.forward(latent.sample(), Mode.INFERENCE);
    return report(raw, x.reshape(raw.shape()), latent, config.beta());
  }

  private INDArray draw(Noise source, long count) {
    return config.variational()
        ? source.draw(Prior.NORMAL, encoder.parameters().dataType(), count, config.latent())
        : null;
  }

  @Override
  public int latentSize() {
    return config.latent();
  }

  @Override
  public INDArray encode(Batch batch) {
    return new Latent(encoder.forward(batch.examples(), Mode.INFERENCE), null).mean();
  }

  @Override
  public INDArray generate(INDArray latents) {
    INDArray raw = decoder.forward(latents, Mode.INFERENCE);
    return loss.meanInPlace(raw).reshape(shape.batchOf(latents.size(0)));
  }

  @Override
  public INDArray reconstruct(Batch batch) {
    return generate(encode(batch).dup('c'));
  }

  /** The encoder's output seen as a distribution, and a sample of it. */
  private final class Latent {
    private final INDArray mean;
    private final INDArray logVariance;
    private final INDArray epsilon;
    private INDArray deviation;

    /** A distribution from the encoder's output, with noise to sample by or null. */
    Latent(INDArray encoded, INDArray epsilon) {
      int size = config.latent();
      boolean variational = config.variational();
      this.mean = variational ? columns(encoded, 0, size) : encoded;
      this.logVariance = variational ? columns(encoded, size, 2 * size) : null;
      this.epsilon = epsilon;
    }

    INDArray mean() {
      return mean;
    }

    /** z = mean + exp(log variance / 2) * epsilon. */
    INDArray sample() {
      if (logVariance == null) {
        return mean;
      }
      deviation = Transforms.exp(logVariance.mul(0.5), false);
      return deviation.mul(epsilon).addi(mean);
    }

    double kl() {
      return GaussianKl.value(mean, logVariance);
    }

    /** The error at the encoder's output from the error at the sample. */
    INDArray backward(INDArray sampleError, double klScale) {
      if (logVariance == null) {
        return sampleError;
      }
      int size = config.latent();
      INDArray error =
          Nd4j.createUninitialized(
              sampleError.dataType(), new long[] {sampleError.size(0), 2L * size}, 'c');
      columns(error, 0, size).assign(GaussianKl.meanGradient(mean, klScale).addi(sampleError));
      INDArray throughDeviation = sampleError.mul(epsilon).muli(deviation).muli(0.5);
      columns(error, size, 2 * size)
          .assign(GaussianKl.logVarianceGradient(logVariance, klScale).addi(throughDeviation));
      return error;
    }

    private static INDArray columns(INDArray matrix, int from, int to) {
      return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
    }
  }
}
