package org.sparkgen.config;

/**
 * The local optimizer.
 *
 * @param kind the update rule
 * @param learningRate step size
 * @param beta1 Adam: decay of the first moment
 * @param beta2 Adam: decay of the second moment
 * @param epsilon Adam: added to the root of the second moment
 * @param momentum momentum (Nesterov) of {@code nesterov}
 * @param clipNorm largest norm of a network's gradient; 0: not clipped
 * @param schedule how the step size changes during the run
 */
public record OptimizerConfig(
    @Doc("Update rule.") @Default("adam") Kind kind,
    @Doc("Step size.") @Default("1e-3") @Within(min = 1e-12, max = 1e3) double learningRate,
    @Doc("Adam: decay of the first moment.") @Default("0.9") @Within(min = 0, max = 0.999999)
        double beta1,
    @Doc("Adam: decay of the second moment.") @Default("0.999") @Within(min = 0, max = 0.999999)
        double beta2,
    @Doc("Adam: added to the root of the second moment.")
        @Default("1e-8")
        @Within(min = 1e-16, max = 1)
        double epsilon,
    @Doc("Nesterov momentum.") @Default("0.9") @Within(min = 0, max = 0.999999) double momentum,
    @Doc("Largest norm of a network's gradient, to which longer ones are scaled; 0: any.")
        @Default("0.0")
        @Within(min = 0, max = 1e9)
        double clipNorm,
    @Doc("How the step size changes during the run.") ScheduleConfig schedule) {

  /** Update rules. */
  public enum Kind {
    /** Adam (Kingma and Ba 2014). */
    ADAM,
    /** Plain stochastic gradient descent. */
    SGD,
    /** Gradient descent with Nesterov momentum. */
    NESTEROV
  }
}
