package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.training.RoundMetrics;

class RoundScalarsTest {
  private static final Instant BEGUN = Instant.parse("2026-03-01T09:30:00Z");

  @Test
  void aRoundIsToldByTheTimeAndTheImagesOfAllBeforeIt() {
    RoundScalars.Series series = new RoundScalars.Series(BEGUN);

    RoundScalars first = series.next(round(1, 1.5));
    RoundScalars second = series.next(round(2, 2));

    assertThat(first.at()).isEqualTo(BEGUN.plusMillis(1500));
    assertThat(second.round()).isEqualTo(2);
    assertThat(second.at()).isEqualTo(BEGUN.plusMillis(3500));
    assertThat(second.values())
        .isEqualTo(
            Map.of(
                "loss/kl", 0.5,
                "heldOut/loss", 0.25,
                "progress/epoch", 3.0,
                "progress/imagesSeen", 200.0,
                "progress/imagesPerSecond", 50.0));
  }

  @Test
  void aRoundWithoutATimeTakesNone() {
    RoundScalars.Series series = new RoundScalars.Series(BEGUN);

    assertThat(series.next(round(1, Double.NaN)).at()).isEqualTo(BEGUN);
  }

  private static RoundMetrics round(int round, double seconds) {
    return new RoundMetrics(
        round, 3, 100, Map.of("kl", 0.5, "heldOut.loss", 0.25), 50, Map.of("round", seconds), "ab");
  }
}
