package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreRoundNumbersAroundTheValues() {
    assertThat(labels(Axis.around(103.2, 148.9, 4))).containsExactly("100", "120", "140", "160");
    assertThat(labels(Axis.around(0.8, 1.12, 4)))
        .containsExactly("0.8", "0.9", "1.0", "1.1", "1.2");
    assertThat(labels(Axis.around(0, 10_989, 4))).containsExactly("0", "5,000", "10,000", "15,000");
    assertThat(labels(Axis.around(-0.3, 0.3, 4)))
        .containsExactly("-0.4", "-0.2", "0.0", "0.2", "0.4");
  }

  @Test
  void valuesLieBetweenTheEnds() {
    Axis axis = Axis.around(100, 200, 4);

    assertThat(axis.position(100)).isZero();
    assertThat(axis.position(200)).isCloseTo(1, within(1e-12));
    assertThat(axis.position(125)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void oneValueHasAnAxisToo() {
    Axis axis = Axis.around(5, 5, 4);

    assertThat(axis.low()).isLessThan(5);
    assertThat(axis.high()).isGreaterThan(5);
    assertThat(Axis.around(0, 0, 4).high()).isPositive();
  }

  @Test
  void roundsHaveWholeTicks() {
    assertThat(Axis.wholeTicks(1, 3, 8)).isEqualTo(List.of(1, 2, 3));
    assertThat(Axis.wholeTicks(1, 60, 8)).isEqualTo(List.of(10, 20, 30, 40, 50, 60));
    assertThat(Axis.wholeTicks(7, 7, 8)).isEqualTo(List.of(7));
  }

  private static List<String> labels(Axis axis) {
    return IntStream.rangeClosed(0, axis.steps()).mapToObj(axis::label).toList();
  }
}
