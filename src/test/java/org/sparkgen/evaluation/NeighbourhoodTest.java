package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;
import org.sparkgen.data.SplitMix64;

class NeighbourhoodTest {
  private static final long ELSEWHERE = -1;

  /** Five training examples to the east, of several lengths, and one to the north. */
  private static Neighbourhood compass() {
    float[] values = {1, 0, 2, 0, 3, 0, 0.5f, 0, 7, 0, 0, 4};
    return new Neighbourhood(new FeatureRows(values, 2), new long[] {0, 1, 2, 3, 4, 5});
  }

  private static double distance(Neighbourhood training, long id, float... features) {
    return training.distances(new FeatureRows(features, features.length), new long[] {id})[0];
  }

  @Test
  void isTheMeanDistanceOfDirections() {
    assertThat(compass().count()).isEqualTo(6);
    assertThat(distance(compass(), ELSEWHERE, 9, 0)).isZero();
    assertThat(distance(compass(), ELSEWHERE, -1, 0))
        .as("the northern one, then four of the eastern ones")
        .isCloseTo((Math.sqrt(2) + 4 * 2) / 5, within(1e-7));
    assertThat(distance(compass(), ELSEWHERE, 0, 0.1f))
        .isCloseTo(4 * Math.sqrt(2) / 5, within(1e-7));
    assertThat(distance(compass(), ELSEWHERE, 0, 0))
        .as("no direction: at length 1 from every direction")
        .isCloseTo(1, within(1e-7));
  }

  @Test
  void anExampleIsNotItsOwnNeighbour() {
    assertThat(distance(compass(), 5, 0, 4))
        .as("five eastern ones are left to the northern one")
        .isCloseTo(Math.sqrt(2), within(1e-7));
    assertThat(distance(compass(), 0, 1, 0))
        .as("four eastern ones and the northern one")
        .isCloseTo(Math.sqrt(2) / 5, within(1e-7));
  }

  @Test
  void aCopyOfAnExampleIsItsNeighbour() {
    float[] values = {1, 0, 1, 0, 0, 1, 0, 2, 0, 3, 0, 4};
    Neighbourhood training =
        new Neighbourhood(new FeatureRows(values, 2), new long[] {7, 7, 1, 2, 3, 4});

    assertThat(distance(training, 7, 1, 0)).isCloseTo(4 * Math.sqrt(2) / 5, within(1e-7));
  }

  @Test
  void isWhatSortingAllDistancesGives() {
    FeatureRows training = random(200, 7, 1);
    FeatureRows others = random(40, 7, 2);
    double[] expected =
        IntStream.range(0, others.count())
            .mapToDouble(
                row ->
                    IntStream.range(0, training.count())
                        .mapToDouble(t -> apart(others.row(row), training.row(t)))
                        .sorted()
                        .limit(Neighbourhood.NEIGHBOURS)
                        .average()
                        .orElseThrow())
            .toArray();
    Neighbourhood neighbourhood =
        new Neighbourhood(training, LongStream.range(0, training.count()).toArray());

    long[] ids = new long[others.count()];
    Arrays.fill(ids, ELSEWHERE);
    assertThat(neighbourhood.distances(others, ids)).containsExactly(expected, within(1e-6));
  }

  private static double apart(double[] a, double[] b) {
    double lengths = Math.sqrt(WeightedRows.dot(a, a) * WeightedRows.dot(b, b));
    return Math.sqrt(Math.max(0, 2 - 2 * WeightedRows.dot(a, b) / lengths));
  }

  private static FeatureRows random(int count, int dimensions, long seed) {
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (SplitMix64.mix(seed << 32 | i) >> 40) * 0x1p-20f;
    }
    return new FeatureRows(values, dimensions);
  }

  @Test
  void keepsNoMoreThanMemoryAllows() {
    assertThat(Neighbourhood.most(400)).isGreaterThan(10_000);
    assertThat(Neighbourhood.most(12_544)).isEqualTo((64 << 20) / Float.BYTES / 12_544);
    assertThat(Neighbourhood.most(Integer.MAX_VALUE)).isEqualTo(Neighbourhood.NEIGHBOURS + 1);
  }

  @Test
  void tooFewTrainingExamplesAreRefused() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> new Neighbourhood(new FeatureRows(new float[10], 2), new long[5]))
        .withMessage(
            "the distance to the nearest training examples needs at least 6 training examples, found 5");
  }
}
