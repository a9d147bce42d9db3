package org.sparkgen.evaluation;

/** The names under which metrics are written, shown and selected by. */
public final class MetricNames {
  /** Begins the names of metrics of held-out examples in {@code metrics.jsonl}. */
  public static final String HELD_OUT = "heldOut.";

  public static final String LOSS = "loss";
  public static final String NEGATIVE_ELBO = "negativeElbo";
  public static final String ACCURACY = "accuracy";
  public static final String LOG_LIKELIHOOD = "logLikelihood";
  public static final String LOG_LIKELIHOOD_ERROR = "logLikelihoodStandardError";
  public static final String ACTIVE_UNITS = "activeUnits";
  public static final String LATENT_UNITS = "latentUnits";
  public static final String FRECHET_DISTANCE = "frechetDistance";
  public static final String FRECHET_FLOOR = "frechetFloor";
  public static final String KERNEL_DISTANCE = "kernelDistance";
  public static final String KERNEL_ERROR = "kernelStandardError";
  public static final String KERNEL_FLOOR = "kernelFloor";
  public static final String PRECISION = "precision";
  public static final String RECALL = "recall";
  public static final String DENSITY = "density";
  public static final String COVERAGE = "coverage";

  /** Real examples that samples are compared with; the floor's are as many. */
  public static final String REAL_COUNT = "realCount";

  /** Samples that are compared; the floor is of as many training examples. */
  public static final String SAMPLE_COUNT = "sampleCount";

  public static final String CLASS_AGREEMENT = "classAgreement";

  private static final String REAL = "Real";

  private MetricNames() {}

  /** The name of what real examples reach, such as {@code recallReal}. */
  public static String realOf(String metric) {
    return metric + REAL;
  }
}
