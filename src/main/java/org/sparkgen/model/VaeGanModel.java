package org.sparkgen.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.config.VaeGanConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.Pixels;
import org.sparkgen.loss.AdversarialLoss;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;
import org.sparkgen.nn.StepWorkspace;

/**
 * A variational autoencoder that measures how like an example its reconstruction is in the features
 * of a discriminator (Larsen et al. 2016), all learning at once from the weights before the step.
 *
 * <ul>
 *   <li>The similarity is half the squared distance of their features (see {@link Net#features}),
 *       summed over features, averaged over the batch: up to a constant, the negative log
 *       likelihood of a Gaussian of variance 1. Both are seen under the same perturbation.
 *   <li>The encoder minimises the similarity plus beta times the KL divergence.
 *   <li>The decoder minimises {@code similarityWeight} times the similarity plus the generator's
 *       loss, averaged over reconstructions and samples of the prior.
 *   <li>The discriminator minimises its loss on the examples plus that on reconstructions and
 *       samples; the similarity is not its affair.
 * </ul>
 *
 * Who learns in which step is decided by {@link Turn}.
 */
public final class VaeGanModel
    implements GenerativeModel,
        Sampler,
        Encoder,
        EncoderFeatures,
        DiscriminatorFeatures,
        Reconstructor,
        Evaluable {
  private static final int[] NO_LABELS = {};
  private static final String KL = "kl";
  private static final String RECONSTRUCTION = "reconstruction";

  private final VaeGanConfig config;
  private final ExampleShape shape;
  private final Net encoder;
  private final Net decoder;
  private final Net discriminator;
  private final Adversary adversary;
  private final AdversarialLoss loss;
  private Noise noise = new Noise(0);

  VaeGanModel(
      VaeGanConfig config, ExampleShape shape, Net encoder, Net decoder, Net discriminator) {
    this.config = config;
    this.shape = shape;
    this.encoder = encoder;
    this.decoder = decoder;
    this.discriminator = discriminator;
    this.adversary = new Adversary(config.adversary(), shape, config.pixelRange(), discriminator);
    this.loss = adversary.loss();
  }

  @Override
  public Map<String, Net> nets() {
    Map<String, Net> nets = new LinkedHashMap<>();
    nets.put(encoder.name(), encoder);
    nets.put(decoder.name(), decoder);
    nets.put(discriminator.name(), discriminator);
    return nets;
  }

  @Override
  public void startRound(int epoch, int firstStep, long noiseSeed) {
    noise = new Noise(noiseSeed);
    adversary.startRound(epoch, noiseSeed);
  }

  @Override
  public StepReport step(Batch batch, Reporting reporting) {
    INDArray x = batch.examples();
    StepMeans means = new StepMeans(reporting);
    Turn turn = gradients(x, draw(x.size(0)), means);
    encoder.update();
    decoder.update();
    if (turn.discriminatorLearns()) {
      discriminator.update();
    }
    return means.report();
  }

  /**
   * All that is random in a step.
   *
   * @param epsilon noise of the latent samples
   * @param prior samples of the prior
   * @param onExamples what is done to the examples, and to their reconstructions
   * @param onSamples what is done to the samples
   */
  record Draws(INDArray epsilon, INDArray prior, Perturbation onExamples, Perturbation onSamples) {}

  Draws draw(long count) {
    DataType type = decoder.parameters().dataType();
    return new Draws(
        noise.draw(Prior.NORMAL, type, count, config.latent()),
        noise.draw(Prior.NORMAL, type, count, config.latent()),
        adversary.draw(count),
        adversary.draw(count));
  }

  /**
   * What a step generates.
   *
   * @param latent distributions of the examples
   * @param fake reconstructions of the examples, then as many samples of the prior
   */
  private record Generated(LatentGaussian latent, Shown fake) {}

  /**
   * What the discriminator says.
   *
   * @param onReal of the examples
   * @param onFake of reconstructions and samples
   * @param difference features of the reconstructions minus those of the examples, {@code [N,F]}
   */
  private record Judged(Logits onReal, Logits onFake, INDArray difference) {
    double similarity() {
      double distance = difference.norm2Number().doubleValue();
      return 0.5 * distance * distance / difference.size(0);
    }
  }

  /**
   * Leaves the gradients of all objectives in the networks; in a discriminator that waits,
   * gradients that nobody needs.
   */
  Turn gradients(INDArray x, Draws draws, StepMeans means) {
    Generated generated = generate(x, draws);
    Judged judged = judge(x, generated, draws, means);
    Turn turn = turn(judged);
    report(x, generated, judged, means);
    report(turn, means);
    Shown fake = generated.fake();
    INDArray fromSimilarity = fake.backward(similarityError(judged));
    INDArray decoderError = fromSimilarity.mul(config.similarityWeight());
    switch (turn) {
      case BOTH -> decoderError.addi(fake.backward(adversary.learnFakeAndTeach(judged.onFake())));
      case DECODER -> decoderError.addi(fake.backward(adversary.teach(judged.onFake())));
      case DISCRIMINATOR -> adversary.learnFake(judged.onFake());
    }
    decoder.backwardToParameters(decoderError, ParameterGradients.REPLACE);
    double[] klWeights = new double[config.latent()];
    Arrays.fill(klWeights, config.beta() / x.size(0));
    INDArray codeError = decoder.backward(fromSimilarity, ParameterGradients.SKIP);
    encoder.backwardToParameters(
        generated.latent().backward(firstHalf(codeError), klWeights), ParameterGradients.REPLACE);
    return turn;
  }

  private Generated generate(INDArray x, Draws draws) {
    LatentGaussian latent = new LatentGaussian(encoder.forward(x, Mode.TRAINING), draws.epsilon());
    INDArray codes = Nd4j.concat(0, latent.samples(), draws.prior());
    Perturbation perturbation = draws.onExamples().followedBy(draws.onSamples());
    return new Generated(
        latent, new Shown(decoder.forward(codes, Mode.TRAINING), NO_LABELS, perturbation));
  }

  private Judged judge(INDArray x, Generated generated, Draws draws, StepMeans means) {
    Logits onReal = adversary.judgeReal(new Shown(x, NO_LABELS, draws.onExamples()), means);
    INDArray features = discriminator.features();
    adversary.learnReal(onReal);
    Logits onFake = adversary.judgeFake(generated.fake(), means);
    return new Judged(onReal, onFake, firstHalf(discriminator.features()).sub(features));
  }

  private Turn turn(Judged judged) {
    return Turn.of(
        judged.onReal().mean(loss::real),
        judged.onFake().mean(loss::fake),
        loss.equilibrium(),
        config.gate());
  }

  /** The gradient of the similarity in what the discriminator has just seen. */
  private INDArray similarityError(Judged judged) {
    INDArray difference = judged.difference();
    long count = difference.size(0);
    INDArray error =
        Nd4j.create(difference.dataType(), new long[] {2 * count, difference.size(1)}, 'c');
    firstHalf(error).assign(difference.div(count));
    return discriminator.backward(judged.onFake().noGradient(), error, ParameterGradients.SKIP);
  }

  /** A view of the reconstructions' half of something about reconstructions and samples. */
  private static INDArray firstHalf(INDArray both) {
    INDArrayIndex[] indices = new INDArrayIndex[both.rank()];
    Arrays.fill(indices, NDArrayIndex.all());
    indices[0] = NDArrayIndex.interval(0, both.size(0) / 2);
    return both.get(indices);
  }

  private void report(INDArray x, Generated generated, Judged judged, StepMeans means) {
    means.add("similarity", judged::similarity);
    means.add(KL, () -> generated.latent().kl() / x.size(0));
    means.add("generator", judged.onFake(), loss::generator);
    means.add(RECONSTRUCTION, () -> meanSquare(x, firstHalf(generated.fake().examples()).dup('c')));
  }

  /** The mean squared difference of two arrays' numbers; the second one is overwritten. */
  private static double meanSquare(INDArray x, INDArray copies) {
    double distance = copies.reshape(x.shape()).subi(x).norm2Number().doubleValue();
    return distance * distance / x.length();
  }

  /** The share of steps in which the discriminator learned, and the decoder learned from it. */
  private static void report(Turn turn, StepMeans means) {
    means.add("discriminatorLearned", () -> turn.discriminatorLearns() ? 1 : 0);
    means.add("decoderHeeded", () -> turn.decoderHeedsDiscriminator() ? 1 : 0);
  }

  /**
   * The objectives of a step, by network, without their gradients; those of the discriminator's
   * objective are lost.
   */
  Map<String, Double> objectives(INDArray x, Draws draws) {
    Generated generated = generate(x, draws);
    Judged judged = judge(x, generated, draws, new StepMeans(Reporting.NONE));
    double kl = generated.latent().kl() / x.size(0);
    double generator = judged.onFake().mean(loss::generator);
    return Map.of(
        encoder.name(),
        judged.similarity() + config.beta() * kl,
        decoder.name(),
        config.similarityWeight() * judged.similarity() + generator,
        discriminator.name(),
        judged.onReal().mean(loss::real) + judged.onFake().mean(loss::fake));
  }

  @Override
  public StepReport evaluate(Batch batch, long noiseSeed) {
    INDArray x = batch.examples();
    long count = x.size(0);
    DataType type = decoder.parameters().dataType();
    INDArray epsilon = new Noise(noiseSeed).draw(Prior.NORMAL, type, count, config.latent());
    LatentGaussian latent = new LatentGaussian(encoder.forward(x, Mode.INFERENCE), epsilon);
    StepMeans means = new StepMeans(Reporting.LOSSES);
    means.add(KL, () -> latent.kl() / count);
    means.add(RECONSTRUCTION, () -> meanSquare(x, generate(latent.samples())));
    return means.report();
  }

  @Override
  public int latentSize() {
    return config.latent();
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public float[] inputs(long seed, long first, int count, SampleChoice choice) {
    return Noise.inputs(this, Prior.NORMAL, seed, first, count, choice);
  }

  @Override
  public INDArray generate(INDArray inputs) {
    return decoder.forward(inputs, Mode.INFERENCE).reshape(shape.batchOf(inputs.size(0)));
  }

  @Override
  public Encoding encode(Batch batch) {
    float[] encoded =
        StepWorkspace.compute(
            () -> Pixels.values(encoder.forward(batch.examples(), Mode.INFERENCE)));
    return Encoding.ofGaussians(encoded, config.latent());
  }

  @Override
  public INDArray reconstruct(Batch batch) {
    return generate(
        encoder
            .forward(batch.examples(), Mode.INFERENCE)
            .get(NDArrayIndex.all(), NDArrayIndex.interval(0, config.latent()))
            .dup('c'));
  }

  @Override
  public HiddenLayer encoderFeatures() {
    return new HiddenLayer(encoder);
  }

  @Override
  public HiddenLayer discriminatorFeatures() {
    return new HiddenLayer(discriminator);
  }
}
