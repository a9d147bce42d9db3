package org.sparkgen.config;

import java.util.ArrayList;
import java.util.List;

/** The configuration of the classifier that is trained where a run's feature network is missing. */
public final class FeatureRun {
  private static final int LARGE_SIDE = 48;

  private FeatureRun() {}

  /**
   * A classifier of a run's examples, of its shape, in as many shards; convolutional if strides of
   * 2 divide the image's sides. It does not depend on the run's model, name or seed.
   *
   * @param run must have {@code evaluation.features}
   * @param classes number of classes among the run's examples
   */
  public static RunConfig of(RunConfig run, int classes) {
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
    if (!heldOutIsLabelled(run.data())) {
      overrides.add("data.heldOut=null");
    }
    overrides.add("output.path=" + features.path());
    return ConfigParser.parse(text, "the configuration of evaluation.features", overrides);
  }

  private static boolean heldOutIsLabelled(DataConfig data) {
    return data.heldOut().isPresent()
        && (data.format() != DataFormat.IDX || data.heldOut().get().labels().isPresent());
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
