package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

class ForeignClassTest {
  private static final List<String> NONE = List.of();
  private static final List<String> PETS = List.of("cat", "dog");

  @TempDir private Path folder;

  private DataConfig data(String... overrides) {
    List<String> settings = new ArrayList<>(List.of("data.heldOut=null"));
    settings.addAll(List.of(overrides));
    return Trainings.vae(folder, settings.toArray(String[]::new)).data();
  }

  private static void assertRefused(
      String foreign, DataConfig data, List<String> names, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> ForeignClass.require(foreign, data, names))
        .withMessage("--foreign " + foreign + ": " + reason)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void namesAndNumbersOfClassesAreTaken() {
    DataConfig pictures = data("data.format=folder");
    assertThatCode(() -> ForeignClass.require("dog", pictures, PETS)).doesNotThrowAnyException();
    assertThatCode(() -> ForeignClass.require("1", pictures, PETS)).doesNotThrowAnyException();
    DataConfig digits = data("data.labels=" + Trainings.labels(folder, "labels.idx", 120));
    assertThatCode(() -> ForeignClass.require("2", digits, NONE)).doesNotThrowAnyException();
  }

  @Test
  void whatCannotBeAClassIsRefused() {
    DataConfig pictures = data("data.format=folder");
    assertRefused("bird", pictures, PETS, "there is no such class; classes are cat, dog");
    assertRefused("2", pictures, PETS, "there is no such class; classes are cat, dog");
    String labels = "data.labels=" + Trainings.labels(folder, "labels.idx", 120);
    assertRefused("cat", data(labels), NONE, "the examples' classes are numbers");
  }

  @Test
  void examplesWithoutLabelsHaveNoForeignClass() {
    String reason = "the examples have no labels: give --labels or --label-column";
    assertRefused("1", data(), NONE, reason);
    assertRefused("cat", data("data.format=folder"), NONE, "the pictures are in no class folders");
  }

  @Test
  void aClassThatIsLeftOutIsNotThere() {
    String reason = "data.excludedClasses leaves this class out; name other --data";
    assertRefused("dog", data("data.format=folder", "data.excludedClasses=[1, cat]"), PETS, reason);
    String labels = "data.labels=" + Trainings.labels(folder, "labels.idx", 120);
    List<String> digits = List.of("1", "2");
    DataConfig withoutTwo = data("data.format=folder", "data.excludedClasses=[2]");
    assertThatCode(() -> ForeignClass.require("1", withoutTwo, digits))
        .as("the name of class 0")
        .doesNotThrowAnyException();
    assertRefused("2", withoutTwo, digits, reason);
    assertRefused("2", data(labels, "data.excludedClasses=[2]"), NONE, reason);
  }
}
