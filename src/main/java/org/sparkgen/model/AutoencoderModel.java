package org.sparkgen.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.data.Batch;
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
    StepReport report = gradients(batch, draw(noise, x.size(0)), reporting);
    encoder.update();
    decoder.update();
    return report;
  }

  /** Leaves the gradients of the objective in the networks. */
  StepReport gradients(Batch batch, Optional<INDArray> epsilon, Reporting reporting) {
    INDArray x = batch.examples();
    double scale = 1.0 / x.size(0);
    Pass pass = forward(batch, epsilon, Mode.TRAINING);
    INDArray target = x.reshape(pass.raw().shape());
    StepReport report =
        reporting == Reporting.LOSSES ? report(pass, target, beta) : StepReport.EMPTY;
    INDArray codeError =
        decoder.backward(
            loss.gradientInPlace(pass.raw(), target, scale), ParameterGradients.REPLACE);
    INDArray encodedError =
        pass.latent().map(latent -> latent.backward(codeError, scale * beta)).orElse(codeError);
    encoder.backwardToParameters(encodedError, ParameterGradients.REPLACE);
    return report;
  }

  /** The objective that {@link #gradients} differentiates. */
  double objective(Batch batch, Optional<INDArray> epsilon) {
    Pass pass = forward(batch, epsilon, Mode.TRAINING);
    return report(pass, batch.examples().reshape(pass.raw().shape()), beta).means().get("loss");
  }

  /**
   * A batch on its way through both networks.
   *
   * @param latent its distributions; empty for a plain autoencoder
   * @param raw the decoder's raw output
   */
  private record Pass(Optional<LatentGaussian> latent, INDArray raw) {}

  private Pass forward(Batch batch, Optional<INDArray> epsilon, Mode mode) {
    INDArray encoded = encoder.forward(batch.examples(), mode);
    Optional<LatentGaussian> latent = epsilon.map(noise -> new LatentGaussian(encoded, noise));
    INDArray code = latent.map(LatentGaussian::sample).orElse(encoded);
    INDArray input = OneHot.append(code, batch.labels(), config.classes());
    return new Pass(latent, decoder.forward(input, mode));
  }

  private StepReport report(Pass pass, INDArray target, double klWeight) {
    double count = target.size(0);
    double reconstruction = loss.value(pass.raw(), target) / count;
    if (pass.latent().isEmpty()) {
      return new StepReport(Map.of("loss", reconstruction, "reconstruction", reconstruction));
    }
    double kl = pass.latent().get().kl() / count;
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
    Pass pass = forward(batch, draw(new Noise(noiseSeed), x.size(0)), Mode.INFERENCE);
    return report(pass, x.reshape(pass.raw().shape()), config.beta());
  }

  /** Noise to sample the latent distributions by; empty for a plain autoencoder. */
  private Optional<INDArray> draw(Noise source, long count) {
    return config.variational()
        ? Optional.of(
            source.draw(Prior.NORMAL, encoder.parameters().dataType(), count, config.latent()))
        : Optional.empty();
  }

  @Override
  public int latentSize() {
    return config.latent();
  }

  @Override
  public int classes() {
    return config.classes();
  }

  @Override
  public INDArray encode(Batch batch) {
    INDArray encoded = encoder.forward(batch.examples(), Mode.INFERENCE);
    return config.variational()
        ? encoded.get(NDArrayIndex.all(), NDArrayIndex.interval(0, config.latent()))
        : encoded;
  }

  @Override
  public INDArray generate(INDArray inputs) {
    INDArray raw = decoder.forward(inputs, Mode.INFERENCE);
    return loss.meanInPlace(raw).reshape(shape.batchOf(inputs.size(0)));
  }

  @Override
  public INDArray reconstruct(Batch batch) {
    return generate(OneHot.append(encode(batch).dup('c'), batch.labels(), config.classes()));
  }
}
