package org.sparkgen.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.data.Batch;
import org.sparkgen.data.Pixels;
import org.sparkgen.loss.ReconstructionLoss;
import org.sparkgen.loss.RowLikelihood;
import org.sparkgen.model.EvidenceBound.KlWeight;
import org.sparkgen.nn.ElementwiseFunction;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.Numbers;
import org.sparkgen.nn.ParameterGradients;
import org.sparkgen.nn.StepWorkspace;

/**
 * Autoencoder, VAE and beta-VAE: an encoder to a point or a diagonal Gaussian, and a decoder.
 *
 * <p>The objective is the mean over the batch of {@code -log p(x|z) + beta KL(q(z|x) || N(0, I))}
 * with one reparameterised sample z per example (Kingma and Welling 2013; Higgins et al. 2017), see
 * {@link EvidenceBound}; with several samples, the {@link ImportanceWeightedBound}. A plain
 * autoencoder has z = encoder(x) and no KL. The decoder of a conditional model is told the
 * example's label (Sohn, Lee and Yan 2015), its encoder is not.
 */
public sealed class AutoencoderModel
    implements GenerativeModel, Generator, Encoder, EncoderFeatures, Reconstructor, Evaluable
    permits VariationalAutoencoderModel {
  private final AutoencoderConfig config;
  private final ExampleShape shape;
  private final Net encoder;
  private final Net decoder;
  private final ReconstructionLoss loss;
  private final RowLikelihood rows;
  private double beta;
  private Noise noise = new Noise(0);

  AutoencoderModel(AutoencoderConfig config, ExampleShape shape, Net encoder, Net decoder) {
    this.config = config;
    this.shape = shape;
    this.encoder = encoder;
    this.decoder = decoder;
    this.loss = new ReconstructionLoss(config.likelihood());
    this.rows =
        new RowLikelihood(
            config.likelihood(),
            ElementwiseFunction.softplus()::inPlace,
            ElementwiseFunction.sigmoid()::inPlace);
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
    StepReport report = gradients(batch, draw(noise, batch.size()), reporting);
    encoder.update();
    decoder.update();
    return report;
  }

  /** Leaves the gradients of the objective in the networks. */
  StepReport gradients(Batch batch, Optional<INDArray> epsilon, Reporting reporting) {
    LatentObjective objective = forward(batch, epsilon, beta, Mode.TRAINING);
    StepReport report = reporting == Reporting.LOSSES ? objective.report() : StepReport.EMPTY;
    INDArray inputError = decoder.backward(objective.errorInPlace(), ParameterGradients.REPLACE);
    encoder.backwardToParameters(objective.encodedError(inputError), ParameterGradients.REPLACE);
    return report;
  }

  /** The objective that {@link #gradients} differentiates. */
  double objective(Batch batch, Optional<INDArray> epsilon) {
    return forward(batch, epsilon, beta, Mode.TRAINING).report().means().get("loss");
  }

  private LatentObjective forward(
      Batch batch, Optional<INDArray> epsilon, double weight, Mode mode) {
    INDArray x = batch.examples();
    INDArray encoded = encoder.forward(x, mode);
    Optional<LatentGaussian> latent = epsilon.map(noise -> new LatentGaussian(encoded, noise));
    INDArray codes = latent.map(LatentGaussian::samples).orElse(encoded);
    INDArray inputs = OneHot.append(codes, batch.labels(), config.classes());
    INDArray raw = decoder.forward(inputs, mode);
    return config.importanceSamples() > 1
        ? new ImportanceWeightedBound(
            rows, raw, x.reshape('c', x.size(0), shape.size()), latent.orElseThrow(), weight)
        : new EvidenceBound(
            loss, raw, x.reshape(raw.shape()), latent, new KlWeight(weight, config.freeBits()));
  }

  @Override
  public StepReport evaluate(Batch batch, long noiseSeed) {
    Optional<INDArray> epsilon = draw(new Noise(noiseSeed), batch.size());
    return forward(batch, epsilon, config.beta(), Mode.INFERENCE).report();
  }

  /** Noise to sample the latent distributions by; empty for a plain autoencoder. */
  private Optional<INDArray> draw(Noise source, long count) {
    if (!config.variational()) {
      return Optional.empty();
    }
    DataType type = encoder.parameters().dataType();
    long rows = count * config.importanceSamples();
    return Optional.of(source.draw(Prior.NORMAL, type, rows, config.latent()));
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
  public Encoding encode(Batch batch) {
    float[] encoded =
        StepWorkspace.compute(
            () -> Pixels.values(encoder.forward(batch.examples(), Mode.INFERENCE)));
    return config.variational()
        ? Encoding.ofGaussians(encoded, config.latent())
        : Encoding.of(encoded, config.latent());
  }

  private INDArray codes(Batch batch) {
    INDArray encoded = encoder.forward(batch.examples(), Mode.INFERENCE);
    return config.variational()
        ? encoded.get(NDArrayIndex.all(), NDArrayIndex.interval(0, config.latent())).dup('c')
        : encoded;
  }

  @Override
  public INDArray generate(INDArray inputs) {
    INDArray raw = decoder.forward(inputs, Mode.INFERENCE);
    return loss.meanInPlace(raw).reshape(shape.batchOf(inputs.size(0)));
  }

  @Override
  public INDArray reconstruct(Batch batch) {
    return generate(OneHot.append(codes(batch), batch.labels(), config.classes()));
  }

  /** The encoder's output for a batch, row by row, in a step of its own. */
  final double[] encoded(Batch batch) {
    return StepWorkspace.compute(
        () -> Numbers.of(encoder.forward(batch.examples(), Mode.INFERENCE)));
  }

  /** The drawing of log weights for a receiver. */
  final ImportanceSampling importanceSampling(LikelihoodEstimator.Receiver receiver) {
    return new ImportanceSampling(decoder, rows, config.latent(), config.classes(), receiver);
  }

  @Override
  public HiddenLayer encoderFeatures() {
    return new HiddenLayer(encoder);
  }
}
