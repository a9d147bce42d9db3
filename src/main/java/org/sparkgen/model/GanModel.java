package org.sparkgen.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.loss.AdversarialLoss;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;

/**
 * Generator against discriminator, one update of each a step.
 *
 * <p>In two stages (Goodfellow et al. 2014): the discriminator learns from the batch and as many
 * generated examples; then, every {@code discriminatorSteps} steps, the generator learns from the
 * same generated examples through the updated discriminator, which sees them a second time.
 *
 * <p>In one stage (Shen et al. 2021): both learn from the weights before the step, and the
 * discriminator sees the generated examples once. The generator's error at example i is the
 * discriminator's own error there times {@link AdversarialLoss#ratio} of output i. That is exact
 * where the outputs don't depend on each other, or have one ratio: without batch normalisation in
 * the discriminator, and for the minimax objective. Elsewhere (batch normalisation mixes examples;
 * a hinge that is met leaves no error to scale) a second backward pass, without gradients of
 * parameters, computes the generator's error. So the gradients are those of both objectives at the
 * weights before the step, whatever the objective and the networks.
 */
public final class GanModel implements GenerativeModel, Sampler {
  /** Beyond it, the discriminator's error is too small a number to be scaled in float32. */
  private static final double STEEPEST_RATIO = 1e12;

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
    this.loss =
        new AdversarialLoss(config.adversary().objective(), config.adversary().labelSmoothing());
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
    StepMeans means = new StepMeans(reporting);
    boolean generatorLearns = step++ % config.discriminatorSteps() == 0;
    INDArray fake = generator.forward(drawLatents(real.size(0)), Mode.TRAINING);
    switch (config.training()) {
      case TWO_STAGE -> {
        discriminatorGradients(real, fake, means);
        discriminator.update();
        if (generatorLearns) {
          generatorGradients(fake, means);
          generator.update();
        }
      }
      case ONE_STAGE -> {
        gradientsOfBoth(real, fake, means);
        discriminator.update();
        generator.update();
      }
    }
    return means.report();
  }

  INDArray drawLatents(long count) {
    return noise.draw(config.prior(), generator.parameters().dataType(), count, config.latent());
  }

  /** Leaves the gradients of the discriminator's objective in it. */
  void discriminatorGradients(INDArray real, INDArray fake, StepMeans means) {
    gradientsOnReal(real, means);
    Logits onFake = judgeFake(fake, means);
    discriminator.backwardToParameters(
        onFake.meanGradient(loss::fakeGradient), ParameterGradients.ADD);
  }

  private void gradientsOnReal(INDArray real, StepMeans means) {
    Logits onReal = Logits.of(discriminator.forward(real, Mode.TRAINING));
    means.add("discriminator", onReal, loss::real);
    means.add("discriminatorOnReal", onReal, AdversarialLoss::probability);
    discriminator.backwardToParameters(
        onReal.meanGradient(loss::realGradient), ParameterGradients.REPLACE);
  }

  private Logits judgeFake(INDArray fake, StepMeans means) {
    Logits onFake = Logits.of(discriminator.forward(fake, Mode.TRAINING));
    means.add("discriminator", onFake, loss::fake);
    means.add("discriminatorOnFake", onFake, AdversarialLoss::probability);
    return onFake;
  }

  /**
   * Leaves the gradients of the generator's objective in it; the discriminator is passed through.
   *
   * @param fake the generator's latest output in training mode
   */
  void generatorGradients(INDArray fake, StepMeans means) {
    Logits onFake = Logits.of(discriminator.forward(fake, Mode.TRAINING));
    means.add("generator", onFake, loss::generator);
    generatorGradientsFrom(throughDiscriminator(onFake), fake);
  }

  /**
   * Leaves the gradients of both objectives in the networks, at their present weights.
   *
   * @param fake the generator's latest output in training mode
   */
  void gradientsOfBoth(INDArray real, INDArray fake, StepMeans means) {
    gradientsOnReal(real, means);
    Logits onFake = judgeFake(fake, means);
    means.add("generator", onFake, loss::generator);
    INDArray error = onFake.meanGradient(loss::fakeGradient);
    if (sharesBackwardPass(onFake)) {
      INDArray atFake = discriminator.backward(error, ParameterGradients.ADD);
      INDArray ratios = onFake.column(loss::ratio);
      generatorGradientsFrom(atFake.reshape(fake.size(0), -1).muli(ratios), fake);
    } else {
      discriminator.backwardToParameters(error, ParameterGradients.ADD);
      generatorGradientsFrom(throughDiscriminator(onFake), fake);
    }
  }

  /** Whether the discriminator's error at these examples, scaled, is the generator's. */
  boolean sharesBackwardPass(Logits onFake) {
    double[] ratios = onFake.map(loss::ratio);
    boolean independent = discriminator.statistics().isEmpty();
    return Arrays.stream(ratios).allMatch(ratio -> Math.abs(ratio) < STEEPEST_RATIO)
        && (independent || Arrays.stream(ratios).distinct().count() == 1);
  }

  /** The error at the latest judged examples of the generator's objective. */
  private INDArray throughDiscriminator(Logits onFake) {
    return discriminator.backward(
        onFake.meanGradient(loss::generatorGradient), ParameterGradients.SKIP);
  }

  private void generatorGradientsFrom(INDArray error, INDArray fake) {
    generator.backwardToParameters(error.reshape(fake.shape()), ParameterGradients.REPLACE);
  }

  /** The discriminator's objective: mean loss on real plus mean loss on generated examples. */
  double discriminatorObjective(INDArray real, INDArray fake) {
    return Logits.of(discriminator.forward(real, Mode.TRAINING)).mean(loss::real)
        + Logits.of(discriminator.forward(fake, Mode.TRAINING)).mean(loss::fake);
  }

  /** The generator's objective for given latent vectors. */
  double generatorObjective(INDArray latents) {
    INDArray fake = generator.forward(latents, Mode.TRAINING);
    return Logits.of(discriminator.forward(fake, Mode.TRAINING)).mean(loss::generator);
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
  public float[] inputs(long seed, long first, int count) {
    return Noise.inputs(this, config.prior(), seed, first, count);
  }

  @Override
  public INDArray generate(INDArray inputs) {
    return generator.forward(inputs, Mode.INFERENCE).reshape(shape.batchOf(inputs.size(0)));
  }
}
