package org.sparkgen.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classifier that is trained for a run's distances. */
class FeatureRunTest {
  private static RunConfig of(String... overrides) {
    return of(FeatureRun.HeldOut.USED, overrides);
  }

  private static RunConfig of(FeatureRun.HeldOut heldOut, String... overrides) {
    List<String> all =
        new ArrayList<>(List.of("data.labels=labels.gz", "evaluation.features.path=classifier"));
    all.addAll(List.of(overrides));
    return FeatureRun.of(
        Configurations.parse(Configurations.SMALLEST, all.toArray(String[]::new)), 10, heldOut);
  }

  @Test
  void itHasTheRunsDataAndAnOutputOfItsOwn() {
    RunConfig run =
        of(
            "data.shards=7",
            "data.binarize=dynamic",
            "data.heldOut.path=test.gz",
            "data.heldOut.labels=test-labels.gz",
            "evaluation.features.epochs=4",
            "run.seed=99");

    assertThat(run.model().family()).isEqualTo(Family.CLASSIFIER);
    assertThat(run.model().classes()).isEqualTo(10);
    assertThat(run.data().path()).isEqualTo("images.gz");
    assertThat(run.data().shards()).isEqualTo(7);
    assertThat(run.data().binarize()).isEqualTo(DataConfig.Binarization.NONE);
    assertThat(run.data().heldOut())
        .contains(new HeldOutConfig("test.gz", Optional.of("test-labels.gz")));
    assertThat(run.training().epochs()).isEqualTo(4);
    assertThat(run.output().path()).isEqualTo("classifier");
    assertThat(of("run.seed=1")).as("another run gets the same").isEqualTo(of("run.seed=2"));
  }

  @Test
  void heldOutExamplesWithoutLabelsAreLeftOut() {
    assertThat(of(FeatureRun.HeldOut.LEFT_OUT, "data.heldOut.path=test.gz").data().heldOut())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "28, 28, CONV, '32,64'",
    "64, 64, CONV, '32,64,128'",
    "48, 20, CONV, '32,64'",
    "30, 30, CONV, '32'",
    "28, 27, MLP, ''"
  })
  void itIsConvolutionalWhereStridesDivideTheImage(
      int height, int width, NetworkConfig.Kind kind, String filters) {
    NetworkConfig network =
        of("data.image.height=" + height, "data.image.width=" + width).model().network();

    assertThat(network.network()).isEqualTo(kind);
    if (kind == NetworkConfig.Kind.CONV) {
      assertThat(network.filters())
          .isEqualTo(List.of(filters.split(",")).stream().map(Integer::valueOf).toList());
    }
  }
}
