package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.training.RoundMetrics;

class MetricsLogTest {
  private static final String LINE =
      "{\"round\":3,\"epoch\":2,\"examples\":5000,\"losses\":{\"kl\":24.5,\"loss\":112.25},"
          + "\"imagesPerSecond\":12345.5,\"seconds\":{\"combine\":0.125,\"train\":4.5},"
          + "\"weightsSha256\":\"ab\"}";

  @Test
  void writesTheSameFieldsInTheSameOrder() {
    assertThat(MetricsLog.line(round(3, 112.25))).isEqualTo(LINE);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(MetricsLog.parseLine(LINE)).isEqualTo(round(3, 112.25));
  }

  @Test
  void writesNumbersThatJsonLacksAsNull() {
    String line = MetricsLog.line(round(1, Double.NEGATIVE_INFINITY));

    assertThat(line).contains("\"loss\":null");
    assertThat(MetricsLog.parseLine(line).losses().get("loss")).isNaN();
  }

  @Test
  void readsAWholeFile() {
    List<RoundMetrics> rounds = List.of(round(1, 3), round(2, 2));

    assertThat(MetricsLog.parse(MetricsLog.text(rounds))).isEqualTo(rounds);
    assertThat(MetricsLog.parse("")).isEmpty();
  }

  @Test
  void theLaterLineOfARoundCounts() {
    String text = MetricsLog.text(List.of(round(1, 9), round(2, 8), round(1, 7)));

    assertThat(MetricsLog.parse(text)).containsExactly(round(1, 7), round(2, 8));
  }

  @Test
  void leavesOutALastLineThatWasCutOff() {
    String text = MetricsLog.text(List.of(round(1, 3))) + LINE.substring(0, 40);

    assertThat(MetricsLog.parse(text)).containsExactly(round(1, 3));
  }

  @Test
  void namesTheLineThatIsNotJson() {
    String text = LINE + "\n{\"round\":\n" + LINE + "\n";

    assertThatThrownBy(() -> MetricsLog.parse(text))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .hasMessageStartingWith("metrics.jsonl, line 2 is not valid JSON: ");
  }

  @Test
  void aBrokenLastLineWithItsLineBreakIsAnError() {
    assertThatThrownBy(() -> MetricsLog.parse(LINE + "\n[]\n"))
        .hasMessage("metrics.jsonl, line 2 must be a JSON object");
  }

  @Test
  void namesTheFieldThatIsWrong() {
    assertThatThrownBy(() -> MetricsLog.parseLine(LINE.replace("\"epoch\":2", "\"epoch\":\"x\"")))
        .hasMessage("metrics.jsonl: field 'epoch' must be a whole number, but is \"x\"");
    assertThatThrownBy(() -> MetricsLog.parseLine(LINE.replace("\"losses\"", "\"lost\"")))
        .hasMessage("metrics.jsonl: field 'losses' must be an object, but is missing");
    assertThatThrownBy(() -> MetricsLog.parseLine(LINE.replace("24.5", "\"high\"")))
        .hasMessage("metrics.jsonl, field losses: field 'kl' must be a number, but is \"high\"");
  }

  private static RoundMetrics round(int round, double loss) {
    return new RoundMetrics(
        round,
        2,
        5000,
        Map.of("loss", loss, "kl", 24.5),
        12345.5,
        Map.of("train", 4.5, "combine", 0.125),
        "ab");
  }
}
