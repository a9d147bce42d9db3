package org.sparkgen.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in conf/ that ship with the project. */
class ShippedConfigurationsTest {
  static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !List.of("spark-defaults.conf", "secure.conf").contains(name(file)))
          .filter(file -> !name(file).startsWith("bench-"))
          .sorted()
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Spark reads one file of properties: who takes the secure one must not miss the others. */
  @Test
  void theSecureSettingsHoldAllDefaults() throws IOException {
    String defaults = Files.readString(Path.of("conf", "spark-defaults.conf"));

    assertThat(Files.readString(Path.of("conf", "secure.conf"))).startsWith(defaults);
  }

  private static RunConfig parse(Path file, String... overrides) throws IOException {
    return ConfigParser.parse(Files.readString(file), file.toString(), List.of(overrides));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void eachIsSoundAndNamedAfterItsFile(Path file) throws IOException {
    String name = name(file).replace(".conf", "");
    RunConfig config = parse(file);
    assertThat(config.run().name()).isEqualTo(name);
    assertThat(config.output().path()).isEqualTo("target/runs/" + name);
    assertThat(config.data().heldOut()).isPresent();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void eachTrainsOnItsOwnData(Path file) throws IOException {
    Map<String, String> flat = ConfigText.flat(parse(file, "vars.datasets=/big"));
    String name = name(file);
    String folder =
        name.startsWith("quickstart")
            ? "datasets/fashion-mini"
            : "/big/" + name.replaceAll("^(fashion-mnist|mnist|cifar10)-.*", "$1");
    assertThat(flat.get("data.path")).startsWith(folder);
    assertThat(flat.get("data.heldOut.path")).startsWith(folder);
    if (flat.get("data.format").equals("idx")) {
      assertThat(flat)
          .containsEntry("data.path", folder + "/train-images-idx3-ubyte.gz")
          .containsEntry("data.labels", folder + "/train-labels-idx1-ubyte.gz")
          .containsEntry("data.heldOut.path", folder + "/t10k-images-idx3-ubyte.gz")
          .containsEntry("data.heldOut.labels", folder + "/t10k-labels-idx1-ubyte.gz");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae-mlp", "vae-conv", "gan-conv"})
  void thoseForMeasuringCanBeTrainedToo(String workload) throws IOException {
    RunConfig config = parse(Path.of("conf", "bench-" + workload + ".conf"), "vars.datasets=/big");
    assertThat(config.run().name()).isEqualTo("bench-" + workload);
    assertThat(config.output().path()).isEqualTo("target/runs/bench-" + workload);
    assertThat(config.data().path()).isEqualTo("/big/mnist/train-images-idx3-ubyte.gz");
    assertThat(config.data().heldOut()).isEmpty();
    assertThat(config.training().averaging().every()).isEqualTo(AveragingPeriod.EPOCH);
    assertThat(config.output().checkpoints().every()).isOne();
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(configurations()).hasSizeGreaterThan(5);
  }

  @Test
  void theQuickstartsFindTheirData() throws IOException {
    for (String name : List.of("quickstart", "quickstart-gan")) {
      DataConfig data = parse(Path.of("conf", name + ".conf")).data();
      assertThat(Path.of(data.path())).exists();
      assertThat(Path.of(data.labels().orElseThrow())).exists();
      assertThat(Path.of(data.heldOut().orElseThrow().path())).exists();
      assertThat(Path.of(data.heldOut().orElseThrow().labels().orElseThrow())).exists();
    }
  }

  @Test
  void oneWordTurnsTheQuickstartIntoAGan() throws IOException {
    RunConfig config = parse(Path.of("conf/quickstart.conf"), "model.family=gan");
    assertThat(config.model()).isInstanceOf(GanConfig.class);
  }

  @Test
  void theGanDiffersFromTheQuickstartInLittle() throws IOException {
    List<String> differences =
        ConfigDifference.between(
            parse(Path.of("conf/quickstart.conf")), parse(Path.of("conf/quickstart-gan.conf")));
    assertThat(differences)
        .filteredOn(line -> !line.contains("(not set)"))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "run.name",
            "model.family",
            "model.hidden",
            "training.optimizer.learningRate",
            "training.optimizer.beta1",
            "evaluation.every",
            "output.path");
  }
}
