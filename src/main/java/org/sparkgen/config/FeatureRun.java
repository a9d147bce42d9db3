package org.sparkgen.config;

import java.util.ArrayList;
import java.util.List;

/** The configuration of the classifier that is trained where a run's feature network is missing. */
public final class FeatureRun {
  private static final int LARGE_SIDE = 48;

  private FeatureRun() {}

  /** What becomes of the run's held-out examples. */
  public enum HeldOut {
    /** The classifier's accuracy is measured on them: they are labelled. */
    USED,
    /** They are not all labelled, and can't tell an accuracy. */
    LEFT_OUT
  }

  /**
   * A classifier of a run's examples, of its shape, in as many shards; convolutional if strides of
   * 2 divide the image's sides. It does not depend on the run's model, name or seed.
   *
   * @param run must have {@code evaluation.features}
   * @param classes those of the run's model, or as many as there are among its examples
   * @param heldOut whether its accuracy is measured on the run's held-out examples, if there are
   *     any
   */
  public static RunConfig of(RunConfig run, int classes, HeldOut heldOut) {
    FeatureNetConfig features = run.evaluation().features().orElseThrow();
    String text =
        """
        run { name = features, seed = 42 }
        %s
        model { family = classifier, classes = %d, %s }
        training { epochs = %d, batchSize = 64 }
        """
            .formatted(
                ConfigText.section(run, "data"),
                classes,
                network(run.data().shape()),
                features.epochs());
    List<String> overrides = new ArrayList<>();
    overrides.add("data.binarize=none");
    if (heldOut == HeldOut.LEFT_OUT) {
      overrides.add("data.heldOut=null");
    }
    overrides.add("output.path=" + features.path());
    return ConfigParser.parse(text, "the configuration of evaluation.features", overrides);
  }

  private static String network(ExampleShape shape) {
    int convolutions = shape instanceof ImageShape image ? convolutions(image) : 0;
    return convolutions == 0
        ? "network = mlp, hidden = [256, 128]"
        : "network = conv, filters = %s, hidden = [128]"
            .formatted(List.of(32, 64, 128).subList(0, convolutions));
  }

  /** How often strides of 2 divide both sides, at most as often as is of use. */
  private static int convolutions(ImageShape image) {
    int most = Math.min(image.height(), image.width()) < LARGE_SIDE ? 2 : 3;
    int count = 0;
    while (count < most
        && image.height() % (2 << count) == 0
        && image.width() % (2 << count) == 0) {
      count++;
    }
    return count;
  }
}
