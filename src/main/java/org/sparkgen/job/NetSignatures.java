package org.sparkgen.job;

import java.util.Arrays;
import java.util.Map;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.Likelihood;
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
    String code = "[N," + latent + "]";
    return switch (net) {
      case "encoder" -> Map.of("input", example, "output", encoded(config, latent));
      case "decoder" ->
          Map.of("input", code + " latent vectors", "output", example + decoded(config));
      case "generator" ->
          Map.of("input", code + " " + prior((GanConfig) config.model()), "output", example);
      case "discriminator" ->
          Map.of("input", example, "output", "[N,1] raw score, higher for real examples");
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
    AutoencoderConfig model = (AutoencoderConfig) config.model();
    return model.variational()
        ? "[N,%d]: %d latent means, then %d log variances".formatted(2 * latent, latent, latent)
        : "[N,%d] latent vectors".formatted(latent);
  }

  private static String decoded(RunConfig config) {
    return ((AutoencoderConfig) config.model()).likelihood() == Likelihood.BERNOULLI
        ? " (Bernoulli means)"
        : " (Gaussian means)";
  }

  private static String prior(GanConfig gan) {
    return switch (gan.prior()) {
      case NORMAL -> "standard normal";
      case UNIFORM -> "uniform in [-1,1]";
    };
  }
}
