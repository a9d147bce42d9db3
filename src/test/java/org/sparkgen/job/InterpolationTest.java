package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
  private static final float[] A = {0.3f, -1.7f, 0.9f};
  private static final float[] B = {-1.1f, 0.2f, 2.5f};

  private static double norm(float... vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  @Test
  void theEndsAreExact() {
    assertThat(Interpolation.spherical(A, B, 0)).containsExactly(A);
    assertThat(Interpolation.spherical(A, B, 1)).containsExactly(B);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
  void keepsTheNormBetweenOrthogonalVectorsOfEqualNorm(double share) {
    float[] point = Interpolation.spherical(new float[] {3, 4, 0}, new float[] {-4, 3, 0}, share);

    assertThat(norm(point)).isEqualTo(5, within(1e-6));
    double angle = share * Math.PI / 2;
    assertThat((point[0] * 3.0 + point[1] * 4.0) / 25).isEqualTo(Math.cos(angle), within(1e-6));
  }

  @Test
  void halfwayByHand() {
    // 60 degrees: both ends weigh sin 30 / sin 60.
    float[] point =
        Interpolation.spherical(new float[] {2, 0}, new float[] {1, (float) Math.sqrt(3)}, 0.5);

    assertThat(point).containsExactly(new float[] {(float) Math.sqrt(3), 1}, within(1e-6f));
  }

  @Test
  void leavesItsArgumentsAlone() {
    float[] from = A.clone();
    float[] to = B.clone();
    Interpolation.spherical(from, to, 0.4);

    assertThat(from).containsExactly(A);
    assertThat(to).containsExactly(B);
  }

  @Test
  void parallelVectorsAreInterpolatedLinearly() {
    assertThat(Interpolation.spherical(A, A, 0.3)).containsExactly(A, within(1e-6f));
    assertThat(Interpolation.spherical(new float[] {1, 2}, new float[] {3, 6}, 0.25))
        .containsExactly(new float[] {1.5f, 3}, within(1e-6f));
    assertThat(Interpolation.spherical(new float[] {1, 2}, new float[] {3, 6}, 1))
        .containsExactly(3, 6);
  }

  @Test
  void oppositeVectorsMeetInTheOrigin() {
    assertThat(Interpolation.spherical(new float[] {1, -2}, new float[] {-1, 2}, 0.5))
        .containsExactly(new float[] {0, 0}, within(1e-6f));
  }

  @Test
  void zeroVectorsAreInterpolatedLinearly() {
    float[] zero = new float[3];

    assertThat(Interpolation.spherical(zero, zero, 0.5)).containsExactly(0, 0, 0);
    assertThat(Interpolation.spherical(zero, new float[] {2, 4, 8}, 0.25))
        .containsExactly(0.5f, 1, 2);
  }
}
