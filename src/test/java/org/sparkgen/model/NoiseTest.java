package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.GanConfig.Prior;

class NoiseTest {
  private static double[] draw(Noise noise, Prior prior, long rows, long columns) {
    INDArray array = noise.draw(prior, DataType.DOUBLE, rows, columns);
    assertThat(array.shape()).containsExactly(rows, columns);
    return array.data().asDouble();
  }

  @Test
  void normalNumbersAreThoseOfTheOneGenerator() {
    double[] expected = new double[12];
    new Normals(7).fill(expected, 0, expected.length);

    assertThat(draw(new Noise(7), Prior.NORMAL, 3, 4)).containsExactly(expected);
  }

  @ParameterizedTest
  @EnumSource(Prior.class)
  void aSequenceOfDrawsIsASequenceOfNumbers(Prior prior) {
    Noise noise = new Noise(3);
    double[] first = draw(noise, prior, 5, 2);
    double[] second = draw(noise, prior, 1, 6);
    double[] all = draw(new Noise(3), prior, 8, 2);

    assertThat(first).containsExactly(Arrays.copyOf(all, 10));
    assertThat(second).containsExactly(Arrays.copyOfRange(all, 10, 16));
    assertThat(draw(new Noise(4), prior, 8, 2)).isNotEqualTo(all);
  }

  /** Four standard errors: the variance is 1/3, that of the squares 4/45. */
  @Test
  void uniformNumbersFillTheirInterval() {
    int count = 200_000;
    double[] values = draw(new Noise(5), Prior.UNIFORM, count, 1);

    assertThat(Arrays.stream(values).max().orElseThrow()).isLessThan(1).isGreaterThan(0.9999);
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-1.0, -0.9999);
    assertThat(Arrays.stream(values).average().orElseThrow())
        .isEqualTo(0, within(4 * Math.sqrt(1.0 / 3 / count)));
    assertThat(Arrays.stream(values).map(x -> x * x).average().orElseThrow())
        .isEqualTo(1.0 / 3, within(4 * Math.sqrt(4.0 / 45 / count)));
  }
}
