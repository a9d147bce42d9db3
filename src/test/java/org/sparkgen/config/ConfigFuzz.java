package org.sparkgen.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;

/** Fuzz targets: configurations and overrides. */
public final class ConfigFuzz {
  private static final String NESTED =
      "vars { a = [1, 2]}\nmodel.hidden = ${vars.a} [3]\nrun.name = x${?NONE}\n";

  private static final String OVERRIDES =
      "\0training.epochs=5\0data.image={height = 4, width = 4}\0run.name=\"b\"\0data.labels=null";

  private ConfigFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    List<String> texts =
        List.of(
            Configurations.SMALLEST,
            Configurations.FULL,
            Configurations.SMALLEST + NESTED,
            Configurations.SMALLEST + "data { include \"other.conf\" }\n",
            "{\"run\": {\"name\": \"json\"}, \"model\": [[[{}]]], \"data\": null}");
    List<byte[]> seeds =
        Stream.concat(
                texts.stream(), Stream.of(Configurations.GAN, Configurations.SMALLEST + OVERRIDES))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    return List.of(FuzzTarget.of("configuration", seeds, ConfigFuzz::parse));
  }

  /** What is read is rendered, and the text of that is read as the same. */
  private static Verdict parse(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\0", -1);
    List<String> overrides = List.of(parts).subList(1, parts.length);
    RunConfig config;
    try {
      config = ConfigParser.parse(parts[0], "fuzz.conf", overrides);
    } catch (JobException e) {
      if (e.exitCode() != ExitCode.USAGE) {
        throw e;
      }
      return Verdict.REFUSED;
    }
    RunConfig again = ConfigParser.parse(ConfigText.render(config), "again.conf", List.of());
    if (!again.equals(config)) {
      throw new IllegalStateException("another configuration when it is rendered:\n" + parts[0]);
    }
    return Verdict.READ;
  }
}
