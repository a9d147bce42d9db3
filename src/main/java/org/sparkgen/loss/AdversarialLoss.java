package org.sparkgen.loss;

import org.sparkgen.config.AdversarialObjective;

/**
 * Losses of the two players as functions of one discriminator output (logit) d; both are to be
 * minimised, and averaged over the batch by the caller.
 *
 * <table>
 * <caption>Losses; s is softplus, t the target of real examples, 1 minus the smoothing</caption>
 * <tr><th>objective</th><th>D, real</th><th>D, fake</th><th>G</th></tr>
 * <tr><td>minimax</td><td>t s(-d) + (1-t) s(d)</td><td>s(d)</td><td>-s(d)</td></tr>
 * <tr><td>non-saturating</td><td>t s(-d) + (1-t) s(d)</td><td>s(d)</td><td>s(-d)</td></tr>
 * <tr><td>least squares</td><td>(d-t)^2 / 2</td><td>d^2 / 2</td><td>(d-1)^2 / 2</td></tr>
 * <tr><td>hinge</td><td>max(0, t-d)</td><td>max(0, 1+d)</td><td>-d</td></tr>
 * </table>
 *
 * <p>Sources: Goodfellow et al. 2014 (minimax, non-saturating), Mao et al. 2017 (least squares),
 * Lim and Ye 2017 (hinge), Salimans et al. 2016 (one-sided label smoothing).
 */
public final class AdversarialLoss {
  private final AdversarialObjective objective;
  private final double realTarget;

  /**
   * The losses of an objective.
   *
   * @param labelSmoothing subtracted from the target 1 of real examples, 0 to 0.5
   */
  public AdversarialLoss(AdversarialObjective objective, double labelSmoothing) {
    this.objective = objective;
    this.realTarget = 1 - labelSmoothing;
  }

  /** The discriminator's loss on a real example. */
  public double real(double d) {
    return switch (objective) {
      case MINIMAX, NON_SATURATING -> realTarget * softplus(-d) + (1 - realTarget) * softplus(d);
      case LEAST_SQUARES -> 0.5 * (d - realTarget) * (d - realTarget);
      case HINGE -> Math.max(0, realTarget - d);
    };
  }

  /** Derivative of {@link #real}. */
  public double realGradient(double d) {
    return switch (objective) {
      case MINIMAX, NON_SATURATING -> sigmoid(d) - realTarget;
      case LEAST_SQUARES -> d - realTarget;
      case HINGE -> d < realTarget ? -1 : 0;
    };
  }

  /** The discriminator's loss on a generated example. */
  public double fake(double d) {
    return switch (objective) {
      case MINIMAX, NON_SATURATING -> softplus(d);
      case LEAST_SQUARES -> 0.5 * d * d;
      case HINGE -> Math.max(0, 1 + d);
    };
  }

  /** Derivative of {@link #fake}. */
  public double fakeGradient(double d) {
    return switch (objective) {
      case MINIMAX, NON_SATURATING -> sigmoid(d);
      case LEAST_SQUARES -> d;
      case HINGE -> d > -1 ? 1 : 0;
    };
  }

  /** The generator's loss on a generated example. */
  public double generator(double d) {
    return switch (objective) {
      case MINIMAX -> -softplus(d);
      case NON_SATURATING -> softplus(-d);
      case LEAST_SQUARES -> 0.5 * (d - 1) * (d - 1);
      case HINGE -> -d;
    };
  }

  /** Derivative of {@link #generator}. */
  public double generatorGradient(double d) {
    return switch (objective) {
      case MINIMAX -> -sigmoid(d);
      case NON_SATURATING -> sigmoid(d) - 1;
      case LEAST_SQUARES -> d - 1;
      case HINGE -> -1;
    };
  }

  /**
   * {@link #generatorGradient} divided by {@link #fakeGradient}: what the discriminator's error at
   * a generated example is multiplied with to be the generator's (Shen et al. 2021). Infinite or
   * NaN where the discriminator has no error.
   */
  public double ratio(double d) {
    return generatorGradient(d) / fakeGradient(d);
  }

  /**
   * The discriminator's loss, on real as on generated examples, when it cannot tell one from the
   * other (without label smoothing): at probability 1/2 or, least squares, at the output 1/2; of
   * the hinge, at the output 0.
   */
  public double equilibrium() {
    return switch (objective) {
      case MINIMAX, NON_SATURATING -> Math.log(2);
      case LEAST_SQUARES -> 0.125;
      case HINGE -> 1;
    };
  }

  /** The probability that the discriminator gives an example of being real. */
  public static double probability(double d) {
    return sigmoid(d);
  }

  private static double sigmoid(double d) {
    return 1 / (1 + Math.exp(-d));
  }

  private static double softplus(double d) {
    return Math.max(d, 0) + Math.log1p(Math.exp(-Math.abs(d)));
  }
}
