package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.JobException;

class ManifoldTest {
  private static FeatureManifold balls(FeatureRows set, int neighbours) {
    return FeatureManifold.block(set, 0, set.count(), neighbours);
  }

  private static ManifoldMetrics metrics(FeatureRows real, FeatureRows generated, int neighbours) {
    FeatureManifold realBalls = balls(real, neighbours);
    FeatureManifold generatedBalls = balls(generated, neighbours);
    ManifoldCounts counts = new ManifoldCounts(neighbours);
    counts.addGenerated(realBalls, generated);
    counts.addReal(generatedBalls, realBalls);
    return counts.result();
  }

  private static FeatureRows line(float... values) {
    return new FeatureRows(values, 1);
  }

  private static double distance(FeatureRows a, int row, FeatureRows b, int other) {
    double sum = 0;
    for (int i = 0; i < a.dimensions(); i++) {
      sum += Math.pow(a.row(row)[i] - b.row(other)[i], 2);
    }
    return sum;
  }

  private static double radius(FeatureRows set, int row, int neighbours) {
    return IntStream.range(0, set.count())
        .filter(other -> other != row)
        .mapToDouble(other -> distance(set, row, set, other))
        .sorted()
        .toArray()[neighbours - 1];
  }

  private static ManifoldMetrics bruteForce(FeatureRows real, FeatureRows generated, int k) {
    boolean[] precise = new boolean[generated.count()];
    boolean[] recalled = new boolean[real.count()];
    boolean[] covered = new boolean[real.count()];
    double balls = 0;
    for (int i = 0; i < real.count(); i++) {
      for (int j = 0; j < generated.count(); j++) {
        double distance = distance(real, i, generated, j);
        if (distance <= radius(real, i, k)) {
          precise[j] = true;
          covered[i] = true;
          balls++;
        }
        recalled[i] |= distance <= radius(generated, j, k);
      }
    }
    return new ManifoldMetrics(
        share(precise),
        share(recalled),
        balls / (k * (double) generated.count()),
        share(covered),
        real.count(),
        generated.count(),
        k);
  }

  private static double share(boolean[] flags) {
    double sum = 0;
    for (boolean flag : flags) {
      sum += flag ? 1 : 0;
    }
    return sum / flags.length;
  }

  @Test
  void pointsOnALineByHand() {
    // Real balls for k = 1: around 0, 1 and 10 with radii 1, 1 and 9; generated: 1, 1 and 86.
    ManifoldMetrics metrics = metrics(line(0, 1, 10), line(2, 3, 89), 1);

    // 2 lies in the balls of 1 (on its edge) and 10, 3 in that of 10, 89 in none.
    assertThat(metrics.precision()).isEqualTo(2 / 3.0);
    assertThat(metrics.density()).isEqualTo(3 / 3.0);
    // 1 lies on the edge of the ball of 2, 10 in that of 89; the balls of 1 and 10 are hit.
    assertThat(metrics.recall()).isEqualTo(2 / 3.0);
    assertThat(metrics.coverage()).isEqualTo(2 / 3.0);
    assertThat(metrics.real()).isEqualTo(3);
    assertThat(metrics.generated()).isEqualTo(3);
    assertThat(metrics.neighbours()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 29})
  void tiesAreCountedAsByBruteForce(int neighbours) {
    for (int seed = 0; seed < 5; seed++) {
      FeatureRows real = GaussianRows.whole(seed, 30, 2, 6);
      FeatureRows generated = GaussianRows.whole(seed + 100, 37, 2, 7);

      assertThat(metrics(real, generated, neighbours))
          .isEqualTo(bruteForce(real, generated, neighbours));
    }
  }

  @Test
  void setsLargerThanATileAreCountedAsByBruteForce() {
    FeatureRows real = GaussianRows.of(1, 140, 9, 0, 1);
    FeatureRows generated = GaussianRows.of(2, 150, 9, 0.4, 0.8);
    ManifoldMetrics metrics = metrics(real, generated, 5);

    assertThat(metrics).isEqualTo(bruteForce(real, generated, 5));
    assertThat(metrics.precision()).isStrictlyBetween(metrics.recall(), 1.0);
  }

  @Test
  void aCopyOfTheRealSetIsPerfect() {
    FeatureRows rows = GaussianRows.of(3, 200, 20, 1000, 1);
    ManifoldMetrics metrics = metrics(rows, rows, 5);

    assertThat(metrics.precision()).isOne();
    assertThat(metrics.recall()).isOne();
    assertThat(metrics.coverage()).isOne();
    // Each ball has its centre and k neighbours in it.
    assertThat(metrics.density()).isCloseTo(6 / 5.0, within(1e-15));
  }

  @Test
  void aSetCollapsedToOneRealVectorIsPreciseButCoversLittle() {
    FeatureRows real = GaussianRows.of(4, 100, 10, 0, 1);
    float[] copies = new float[100 * 10];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = real.values()[i % 10];
    }
    ManifoldMetrics metrics = metrics(real, new FeatureRows(copies, 10), 3);

    assertThat(metrics.precision()).isOne();
    // All radii of the collapsed set are zero, exactly: only the copied vector is recalled.
    assertThat(metrics.recall()).isEqualTo(0.01);
    assertThat(metrics.coverage()).isLessThan(0.3);
  }

  @Test
  void blocksOfTasksMakeTheWhole() {
    FeatureRows real = GaussianRows.whole(5, 61, 3, 5);
    FeatureRows generated = GaussianRows.whole(6, 47, 3, 5);
    FeatureManifold realBalls =
        FeatureManifold.joined(
            List.of(
                FeatureManifold.block(real, 0, 13, 4),
                Travel.copy(FeatureManifold.block(real, 13, 61, 4), FeatureManifold.class)));
    FeatureManifold generatedBalls = balls(generated, 4);
    ManifoldCounts merged = new ManifoldCounts(4);
    for (int from = 0; from < 47; from += 10) {
      ManifoldCounts part = new ManifoldCounts(4);
      part.addGenerated(realBalls, generated.range(from, Math.min(47, from + 10)));
      merged.merge(Travel.copy(part, ManifoldCounts.class));
    }
    merged.merge(new ManifoldCounts(4));
    for (int from = 0; from < 61; from += 20) {
      ManifoldCounts part = new ManifoldCounts(4);
      part.addReal(generatedBalls, realBalls.range(from, Math.min(61, from + 20)));
      merged.merge(part);
    }

    assertThat(merged.result()).isEqualTo(metrics(real, generated, 4));
    assertThat(Arrays.equals(realBalls.rows().values(), real.values())).isTrue();
  }

  @Test
  void equalVectorsAreAtDistanceZeroExactly() {
    FeatureRows rows = GaussianRows.of(7, 150, 19, 0, 1);
    FeatureManifold twice = balls(FeatureRows.joined(List.of(rows, rows)), 1);

    for (int i = 0; i < twice.count(); i++) {
      assertThat(twice.squaredRadius(i)).isZero();
    }
  }

  @Test
  void noSquaredDistanceIsBelowZero() {
    FeatureRows rows = GaussianRows.of(8, 150, 19, 0, 1);
    float[] beside = rows.values().clone();
    for (int i = 0; i < beside.length; i += 19) {
      beside[i] = Math.nextUp(beside[i]);
    }
    FeatureManifold pairs =
        balls(FeatureRows.joined(List.of(rows, new FeatureRows(beside, 19))), 1);

    for (int i = 0; i < pairs.count(); i++) {
      assertThat(pairs.squaredRadius(i)).isBetween(0.0, 1e-13);
    }
  }

  @Test
  void theRadiusReachesTheNeighbourWithoutTheVectorItself() {
    FeatureRows rows = line(0, 0, 3, 7, 7.5f);

    assertThat(balls(rows, 1).squaredRadius(0)).isZero();
    assertThat(balls(rows, 2).squaredRadius(0)).isEqualTo(9);
    assertThat(balls(rows, 4).squaredRadius(2)).isEqualTo(4.5 * 4.5);
    assertThat(FeatureManifold.block(rows, 3, 5, 1).squaredRadius(1)).isEqualTo(0.25);
  }

  @Test
  void refusesTooFewNeighboursAndUnequalOnes() {
    assertThatThrownBy(() -> balls(line(1, 2, 3, 4, 5), FeatureManifold.NEIGHBOURS))
        .isInstanceOf(JobException.class)
        .hasMessage("the distance to neighbour 5 needs at least 6 feature vectors, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> balls(line(1, 2), 0))
        .withMessage("neighbours are at least 1, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ManifoldCounts(2).addGenerated(balls(line(1, 2), 1), line(1)))
        .withMessage("neighbours: expected 2, found 1");
    assertThatThrownBy(() -> new ManifoldCounts(2).result())
        .isInstanceOf(JobException.class)
        .hasMessage("precision needs at least 1 generated feature vectors, found 0");
  }
}
