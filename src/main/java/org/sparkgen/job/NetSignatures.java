package org.sparkgen.job;

import java.util.Arrays;
import java.util.Map;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.RunConfig;

/** What goes into a published network and what comes out, in words for {@code model.json}. */
final class NetSignatures {
  private NetSignatures() {}

  /** {@code input} and {@code output} of a network. */
  static Map<String, String> of(String net, RunConfig config) {
    String example = example(config);
    int latent = config.model().latent();
    return switch (net) {
      case "encoder" -> Map.of("input", example, "output", encoded(config, latent));
      case "decoder" ->
          Map.of("input", inputs(config, "latent vectors"), "output", example + decoded(config));
      case "generator" ->
          Map.of("input", inputs(config, prior((GanConfig) config.model())), "output", example);
      case "discriminator" -> Map.of("input", example, "output", score(config));
      case "classifier" ->
          Map.of("input", example, "output", "[N," + config.model().classes() + "] logits");
      default -> throw new IllegalArgumentException("no network is called " + net);
    };
  }

  private static String example(RunConfig config) {
    long[] shape = config.data().shape().batchOf(1);
    boolean flat = config.model().network().network() == NetworkConfig.Kind.MLP;
    String sides =
        flat
            ? Integer.toString(config.data().shape().size())
            : String.join(",", Arrays.stream(shape).skip(1).mapToObj(Long::toString).toList());
    if (!(config.data().shape() instanceof ImageShape)) {
      return "[N,%s] scaled numbers".formatted(sides);
    }
    String range = config.model().pixelRange() == PixelRange.UNIT ? "[0,1]" : "[-1,1]";
    return "[N,%s] pixels in %s, channels before rows before columns".formatted(sides, range);
  }

  private static String encoded(RunConfig config, int latent) {
    boolean plain = config.model() instanceof AutoencoderConfig model && !model.variational();
    return plain
        ? "[N,%d] latent vectors".formatted(latent)
        : "[N,%d]: %d latent means, then %d log variances".formatted(2 * latent, latent, latent);
  }

  private static String decoded(RunConfig config) {
    if (!(config.model() instanceof AutoencoderConfig model)) {
      return "";
    }
    return switch (model.likelihood()) {
      case BERNOULLI -> " (Bernoulli means)";
      case GAUSSIAN -> " (Gaussian means)";
    };
  }

  /** Latent vectors, with classes behind them if the model is told any. */
  private static String inputs(RunConfig config, String latents) {
    int latent = config.model().latent();
    int classes = config.model().classes();
    return classes == 0
        ? "[N,%d] %s".formatted(latent, latents)
        : "[N,%d]: %d numbers, %s, then the class as %d numbers: 1 at its place, else 0"
            .formatted(latent + classes, latent, latents, classes);
  }

  private static String score(RunConfig config) {
    int classes = config.model().classes();
    return classes == 0
        ? "[N,1] raw score, higher for real examples"
        : "[N,%d]: the raw score of an example of class y, higher for real examples, is the first"
                .formatted(1 + classes)
            + " number plus number 1 + y, counted from 0";
  }

  private static String prior(GanConfig gan) {
    return switch (gan.prior()) {
      case NORMAL -> "standard normal";
      case UNIFORM -> "uniform in [-1,1]";
    };
  }
}
