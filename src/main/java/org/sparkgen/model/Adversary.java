package org.sparkgen.model;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.AdversaryConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.PixelRange;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.loss.AdversarialLoss;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;

/**
 * A discriminator, its losses, and what is done to all that it sees: differentiable augmentation
 * (Zhao et al. 2020) and instance noise (Sonderby et al. 2016; Arjovsky and Bottou 2017).
 */
final class Adversary {
  /** Beyond it, the discriminator's error is too small a number to be scaled in float32. */
  private static final double STEEPEST_RATIO = 1e12;

  /** Parts the seeds of a round: noise, augmentation, and what the model itself draws. */
  private static final long NOISE = 0x6E6F697365L;

  private static final long AUGMENTATION = 0x6175676DL;

  private final AdversaryConfig config;
  private final ExampleShape shape;
  private final PixelRange range;
  private final Net net;
  private final AdversarialLoss loss;
  private double deviation;
  private Noise noise = new Noise(0);
  private SplitMix64 changes = new SplitMix64(0);

  Adversary(AdversaryConfig config, ExampleShape shape, PixelRange range, Net net) {
    this.config = config;
    this.shape = shape;
    this.range = range;
    this.net = net;
    this.loss = new AdversarialLoss(config.objective(), config.labelSmoothing());
    this.deviation = config.instanceNoise();
  }

  Net net() {
    return net;
  }

  AdversarialLoss loss() {
    return loss;
  }

  /** As {@link Trainable#startRound}. */
  void startRound(int epoch, long noiseSeed) {
    net.forgetEstimates();
    noise = new Noise(SplitMix64.mix(noiseSeed ^ NOISE));
    changes = new SplitMix64(noiseSeed ^ AUGMENTATION);
    int epochs = config.instanceNoiseEpochs();
    double left = epochs == 0 ? 1 : Math.max(0, 1 - (double) epoch / epochs);
    deviation = config.instanceNoise() * left;
  }

  /** Prepares examples for a pass, by a draw of its own. */
  Shown show(INDArray examples, int[] labels) {
    return new Shown(examples, labels, draw(examples.size(0)));
  }

  /** Draws what is done to some examples. */
  Perturbation draw(long count) {
    Optional<Augmentation> augmentation =
        config.augmentation().any()
            ? Optional.of(
                Augmentation.draw(
                    config.augmentation(),
                    (ImageShape) shape,
                    range,
                    Math.toIntExact(count),
                    changes))
            : Optional.empty();
    Optional<INDArray> added =
        deviation > 0
            ? Optional.of(
                noise
                    .draw(Prior.NORMAL, net.parameters().dataType(), count, shape.size())
                    .muli(deviation))
            : Optional.empty();
    return new Perturbation(augmentation, added);
  }

  /** The verdicts on examples, in training mode. */
  Logits judge(Shown shown) {
    return Logits.of(net.forward(shown.seen(), Mode.TRAINING), shown.labels());
  }

  /** {@link #judge} for real examples. */
  Logits judgeReal(Shown real, StepMeans means) {
    Logits onReal = judge(real);
    means.add("discriminator", onReal, loss::real);
    means.add("discriminatorOnReal", onReal, AdversarialLoss::probability);
    return onReal;
  }

  /** {@link #judge} for generated examples. */
  Logits judgeFake(Shown fake, StepMeans means) {
    Logits onFake = judge(fake);
    means.add("discriminator", onFake, loss::fake);
    means.add("discriminatorOnFake", onFake, AdversarialLoss::probability);
    return onFake;
  }

  /**
   * Replaces the discriminator's gradients by those of its loss on the real examples just judged.
   */
  void learnReal(Logits onReal) {
    net.backwardToParameters(onReal.meanGradient(loss::realGradient), ParameterGradients.REPLACE);
  }

  /** Adds the gradients of the discriminator's loss on the generated examples just judged. */
  void learnFake(Logits onFake) {
    net.backwardToParameters(onFake.meanGradient(loss::fakeGradient), ParameterGradients.ADD);
  }

  /** The gradient of the generator's loss in what was just judged; leaves the discriminator be. */
  INDArray teach(Logits onFake) {
    return net.backward(onFake.meanGradient(loss::generatorGradient), ParameterGradients.SKIP);
  }

  /** {@link #learnFake} and {@link #teach}, by a single backward pass where that is exact. */
  INDArray learnFakeAndTeach(Logits onFake) {
    if (!sharesBackwardPass(onFake)) {
      learnFake(onFake);
      return teach(onFake);
    }
    INDArray error = net.backward(onFake.meanGradient(loss::fakeGradient), ParameterGradients.ADD);
    return error.reshape(error.size(0), -1).muli(onFake.column(loss::ratio));
  }

  /** Whether the discriminator's error at these examples, scaled, is the generator's. */
  boolean sharesBackwardPass(Logits onFake) {
    double[] ratios = onFake.map(loss::ratio);
    boolean independent = net.statistics().isEmpty();
    return Arrays.stream(ratios).allMatch(ratio -> Math.abs(ratio) < STEEPEST_RATIO)
        && (independent || Arrays.stream(ratios).distinct().count() == 1);
  }
}
