package org.sparkgen.model;

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
 *
 * <p>With classes, the generator is told the labels of the batch, and so is the discriminator, of
 * real and of generated examples (see {@link Logits}).
 */
public final class GanModel implements GenerativeModel, Sampler, DiscriminatorFeatures {
  private final GanConfig config;
  private final ExampleShape shape;
  private final Net generator;
  private final Adversary adversary;
  private final AdversarialLoss loss;
  private Noise noise = new Noise(0);
  private int step;

  GanModel(GanConfig config, ExampleShape shape, Net generator, Net discriminator) {
    this.config = config;
    this.shape = shape;
    this.generator = generator;
    this.adversary = new Adversary(config.adversary(), shape, config.pixelRange(), discriminator);
    this.loss = adversary.loss();
  }

  @Override
  public Map<String, Net> nets() {
    Map<String, Net> nets = new LinkedHashMap<>();
    nets.put(generator.name(), generator);
    nets.put(adversary.net().name(), adversary.net());
    return nets;
  }

  @Override
  public void startRound(int epoch, int firstStep, long noiseSeed) {
    step = firstStep;
    noise = new Noise(noiseSeed);
    adversary.startRound(epoch, noiseSeed);
  }

  @Override
  public StepReport step(Batch batch, Reporting reporting) {
    StepMeans means = new StepMeans(reporting);
    boolean generatorLearns = step++ % config.discriminatorSteps() == 0;
    INDArray generated = generator.forward(drawInputs(batch.labels()), Mode.TRAINING);
    Shown real = adversary.show(batch.examples(), batch.labels());
    Shown fake = adversary.show(generated, batch.labels());
    switch (config.training()) {
      case TWO_STAGE -> {
        discriminatorGradients(real, fake, means);
        adversary.net().update();
        if (generatorLearns) {
          generatorGradients(adversary.show(generated, batch.labels()), means);
          generator.update();
        }
      }
      case ONE_STAGE -> {
        gradientsOfBoth(real, fake, means);
        adversary.net().update();
        generator.update();
      }
    }
    return means.report();
  }

  /** Inputs of the generator, of given classes if there are classes. */
  INDArray drawInputs(int[] labels) {
    INDArray latents =
        noise.draw(
            config.prior(), generator.parameters().dataType(), labels.length, config.latent());
    return OneHot.append(latents, labels, config.classes());
  }

  Adversary adversary() {
    return adversary;
  }

  /** Leaves the gradients of the discriminator's objective in it. */
  void discriminatorGradients(Shown real, Shown fake, StepMeans means) {
    adversary.learnReal(adversary.judgeReal(real, means));
    adversary.learnFake(adversary.judgeFake(fake, means));
  }

  /**
   * Leaves the gradients of the generator's objective in it; the discriminator is passed through.
   *
   * @param fake the generator's latest output in training mode
   */
  void generatorGradients(Shown fake, StepMeans means) {
    Logits onFake = adversary.judge(fake);
    means.add("generator", onFake, loss::generator);
    generatorGradientsFrom(adversary.teach(onFake), fake);
  }

  /**
   * Leaves the gradients of both objectives in the networks, at their present weights.
   *
   * @param fake the generator's latest output in training mode
   */
  void gradientsOfBoth(Shown real, Shown fake, StepMeans means) {
    adversary.learnReal(adversary.judgeReal(real, means));
    Logits onFake = adversary.judgeFake(fake, means);
    means.add("generator", onFake, loss::generator);
    generatorGradientsFrom(adversary.learnFakeAndTeach(onFake), fake);
  }

  private void generatorGradientsFrom(INDArray error, Shown fake) {
    generator.backwardToParameters(fake.backward(error), ParameterGradients.REPLACE);
  }

  /** The discriminator's objective: mean loss on real plus mean loss on generated examples. */
  double discriminatorObjective(Shown real, Shown fake) {
    return adversary.judge(real).mean(loss::real) + adversary.judge(fake).mean(loss::fake);
  }

  /**
   * The generator's objective for given inputs.
   *
   * @param like what other examples of the same classes were shown as
   */
  double generatorObjective(INDArray inputs, Shown like) {
    INDArray fake = generator.forward(inputs, Mode.TRAINING);
    return adversary.judge(like.with(fake)).mean(loss::generator);
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
  public float[] inputs(long seed, long first, int count, SampleChoice choice) {
    return Noise.inputs(this, config.prior(), seed, first, count, choice);
  }

  @Override
  public INDArray generate(INDArray inputs) {
    return generator.forward(inputs, Mode.INFERENCE).reshape(shape.batchOf(inputs.size(0)));
  }

  @Override
  public HiddenLayer discriminatorFeatures() {
    return new HiddenLayer(adversary.net());
  }
}
