package org.sparkgen.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.loss.AdversarialLoss;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;

/**
 * Generator against discriminator. A step trains the discriminator on the batch and as many
 * generated examples, and, every {@code discriminatorSteps} steps, the generator through the
 * updated discriminator, with the same generated examples.
 */
public final class GanModel implements GenerativeModel, Sampler {
  private final GanConfig config;
  private final ExampleShape shape;
  private final Net generator;
  private final Net discriminator;
  private final AdversarialLoss loss;
  private Noise noise = new Noise(0);
  private int step;

  GanModel(GanConfig config, ExampleShape shape, Net generator, Net discriminator) {
    this.config = config;
    this.shape = shape;
    this.generator = generator;
    this.discriminator = discriminator;
    this.loss = new AdversarialLoss(config.objective(), config.labelSmoothing());
  }

  @Override
  public Map<String, Net> nets() {
    Map<String, Net> nets = new LinkedHashMap<>();
    nets.put(generator.name(), generator);
    nets.put(discriminator.name(), discriminator);
    return nets;
  }

  @Override
  public void startRound(int epoch, int firstStep, long noiseSeed) {
    step = firstStep;
    noise = new Noise(noiseSeed);
  }

  @Override
  public StepReport step(Batch batch, Reporting reporting) {
    INDArray real = batch.examples();
    TreeMap<String, Double> means = new TreeMap<>();
    boolean generatorLearns = step++ % config.discriminatorSteps() == 0;
    INDArray fake = generator.forward(drawLatents(real.size(0)), Mode.TRAINING);
    discriminatorGradients(real, fake, means);
    discriminator.update();
    if (generatorLearns) {
      generatorGradients(fake, means);
      generator.update();
    }
    return reporting == Reporting.LOSSES ? new StepReport(means) : StepReport.EMPTY;
  }

  INDArray drawLatents(long count) {
    return noise.draw(config.prior(), generator.parameters().dataType(), count, config.latent());
  }

  /** Leaves the gradients of the discriminator's objective in it. */
  void discriminatorGradients(INDArray real, INDArray fake, Map<String, Double> means) {
    INDArray onReal = discriminator.forward(real, Mode.TRAINING);
    double realLoss = mean(onReal, loss::real);
    means.put("discriminatorOnReal", mean(onReal, GanModel::probability));
    discriminator.backwardToParameters(
        gradient(onReal, loss::realGradient), ParameterGradients.REPLACE);
    INDArray onFake = discriminator.forward(fake, Mode.TRAINING);
    double fakeLoss = mean(onFake, loss::fake);
    means.put("discriminatorOnFake", mean(onFake, GanModel::probability));
    means.put("discriminator", realLoss + fakeLoss);
    discriminator.backwardToParameters(
        gradient(onFake, loss::fakeGradient), ParameterGradients.ADD);
  }

  /**
   * Leaves the gradients of the generator's objective in it; the discriminator is passed through.
   *
   * @param fake the generator's latest output in training mode
   */
  void generatorGradients(INDArray fake, Map<String, Double> means) {
    INDArray onFake = discriminator.forward(fake, Mode.TRAINING);
    means.put("generator", mean(onFake, loss::generator));
    INDArray error =
        discriminator.backward(gradient(onFake, loss::generatorGradient), ParameterGradients.SKIP);
    generator.backwardToParameters(error.reshape(fake.shape()), ParameterGradients.REPLACE);
  }

  /** The discriminator's objective: mean loss on real plus mean loss on generated examples. */
  double discriminatorObjective(INDArray real, INDArray fake) {
    return mean(discriminator.forward(real, Mode.TRAINING), loss::real)
        + mean(discriminator.forward(fake, Mode.TRAINING), loss::fake);
  }

  /** The generator's objective for given latent vectors. */
  double generatorObjective(INDArray latents) {
    INDArray fake = generator.forward(latents, Mode.TRAINING);
    return mean(discriminator.forward(fake, Mode.TRAINING), loss::generator);
  }

  private static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** Mean of a function over the discriminator's outputs {@code [N,1]}. */
  private static double mean(INDArray outputs, DoubleUnaryOperator function) {
    double sum = 0;
    long count = outputs.size(0);
    for (long i = 0; i < count; i++) {
      sum += function.applyAsDouble(outputs.getDouble(i, 0));
    }
    return sum / count;
  }

  /** Gradient of the mean over the batch, {@code [N,1]}. */
  private static INDArray gradient(INDArray outputs, DoubleUnaryOperator derivative) {
    long count = outputs.size(0);
    INDArray result = Nd4j.createUninitialized(outputs.dataType(), outputs.shape(), 'c');
    for (long i = 0; i < count; i++) {
      result.putScalar(i, 0, derivative.applyAsDouble(outputs.getDouble(i, 0)) / count);
    }
    return result;
  }

  @Override
  public int latentSize() {
    return config.latent();
  }

  @Override
  public float[] latents(long seed, long first, int count) {
    return Noise.numbered(config.prior(), seed, first, count, config.latent());
  }

  @Override
  public INDArray generate(INDArray latents) {
    return generator.forward(latents, Mode.INFERENCE).reshape(shape.batchOf(latents.size(0)));
  }
}
