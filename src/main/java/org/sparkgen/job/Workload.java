package org.sparkgen.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;

/** What the benchmark trains, each the configuration {@code conf/bench-NAME.conf}. */
public enum Workload {
  /** A VAE of dense layers. */
  VAE_MLP,
  /** A convolutional VAE. */
  VAE_CONV,
  /** A convolutional GAN. */
  GAN_CONV;

  /**
   * The workload of a name, such as {@code vae-mlp}.
   *
   * @throws JobException USAGE if there is none
   */
  public static Workload named(String name) {
    return Arrays.stream(values())
        .filter(workload -> workload.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.USAGE,
                    "there is no workload '%s': choose among %s".formatted(name, names())));
  }

  /** All names, separated by commas. */
  public static String names() {
    return Arrays.stream(values()).map(Workload::toString).collect(Collectors.joining(", "));
  }

  /**
   * The configuration, read from the application jar.
   *
   * @param overrides {@code key=value} each; later ones win
   * @throws JobException USAGE, listing every problem
   */
  public RunConfig configuration(List<String> overrides) {
    String file = "bench-" + this + ".conf";
    try (InputStream content = Workload.class.getResourceAsStream(file)) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigParser.parse(text, "conf/" + file, overrides);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return Keyword.of(this);
  }
}
