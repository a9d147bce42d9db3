package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkgen.config.AdversarialObjective.HINGE;
import static org.sparkgen.config.AdversarialObjective.LEAST_SQUARES;
import static org.sparkgen.config.AdversarialObjective.MINIMAX;
import static org.sparkgen.config.AdversarialObjective.NON_SATURATING;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgen.config.AdversarialObjective;

class AdversarialLossTest {
  private static final double STEP = 1e-5;
  private static final Offset<Double> EXACT = within(1e-12);

  /** The logit whose probability is 3/4. */
  private static final double THREE_QUARTERS = Math.log(3);

  @ParameterizedTest
  @EnumSource(names = {"MINIMAX", "NON_SATURATING"})
  void theDiscriminatorsCrossEntropyByHand(AdversarialObjective objective) {
    AdversarialLoss plain = new AdversarialLoss(objective, 0);
    AdversarialLoss smooth = new AdversarialLoss(objective, 0.25);

    assertThat(plain.real(THREE_QUARTERS)).isEqualTo(-Math.log(0.75), EXACT);
    assertThat(smooth.real(THREE_QUARTERS))
        .isEqualTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), EXACT);
    assertThat(plain.fake(THREE_QUARTERS)).isEqualTo(-Math.log(0.25), EXACT);
    assertThat(smooth.fake(THREE_QUARTERS)).isEqualTo(-Math.log(0.25), EXACT);
    assertThat(smooth.realGradient(THREE_QUARTERS)).isZero();
  }

  @Test
  void theGeneratorsCrossEntropyByHand() {
    assertThat(new AdversarialLoss(MINIMAX, 0.25).generator(THREE_QUARTERS))
        .isEqualTo(Math.log(0.25), EXACT);
    assertThat(new AdversarialLoss(NON_SATURATING, 0.25).generator(THREE_QUARTERS))
        .isEqualTo(-Math.log(0.75), EXACT);
  }

  @Test
  void leastSquaresByHand() {
    AdversarialLoss plain = new AdversarialLoss(LEAST_SQUARES, 0);
    AdversarialLoss smooth = new AdversarialLoss(LEAST_SQUARES, 0.25);

    assertThat(plain.real(2)).isEqualTo(0.5);
    assertThat(smooth.real(2)).isEqualTo(0.78125);
    assertThat(smooth.fake(2)).isEqualTo(2);
    assertThat(smooth.generator(2)).isEqualTo(0.5);
  }

  @Test
  void hingeByHand() {
    AdversarialLoss plain = new AdversarialLoss(HINGE, 0);
    AdversarialLoss smooth = new AdversarialLoss(HINGE, 0.25);

    assertThat(plain.real(0.5)).isEqualTo(0.5);
    assertThat(smooth.real(0.5)).isEqualTo(0.25);
    assertThat(smooth.real(0.8)).isZero();
    assertThat(plain.real(0.8)).isEqualTo(0.2, EXACT);
    assertThat(smooth.fake(0.5)).isEqualTo(1.5);
    assertThat(smooth.fake(-1.5)).isZero();
    assertThat(smooth.generator(0.5)).isEqualTo(-0.5);
  }

  static Stream<Arguments> objectivesAndSmoothings() {
    return Arrays.stream(AdversarialObjective.values())
        .flatMap(
            objective -> Stream.of(0.0, 0.1, 0.5).map(smooth -> Arguments.of(objective, smooth)));
  }

  @ParameterizedTest
  @MethodSource("objectivesAndSmoothings")
  void gradientsAgreeWithCentralDifferences(AdversarialObjective objective, double smoothing) {
    AdversarialLoss loss = new AdversarialLoss(objective, smoothing);
    // None of them is a kink of the hinge: 1 - smoothing and -1.
    for (double d : new double[] {-6, -1.1, -0.9, -0.3, 0, 0.2, 0.45, 0.55, 0.85, 0.95, 1.3, 4}) {
      check("real", loss::real, loss::realGradient, d);
      check("fake", loss::fake, loss::fakeGradient, d);
      check("generator", loss::generator, loss::generatorGradient, d);
    }
  }

  private static void check(
      String name, DoubleUnaryOperator value, DoubleUnaryOperator gradient, double d) {
    double above = value.applyAsDouble(d + STEP);
    double below = value.applyAsDouble(d - STEP);
    assertThat(gradient.applyAsDouble(d))
        .as("gradient of %s at %s", name, d)
        .isEqualTo((above - below) / (2 * STEP), within(1e-8));
  }

  @Test
  void ratiosByHand() {
    assertThat(new AdversarialLoss(MINIMAX, 0.25).ratio(THREE_QUARTERS)).isEqualTo(-1);
    assertThat(new AdversarialLoss(NON_SATURATING, 0.25).ratio(THREE_QUARTERS))
        .isEqualTo(-1.0 / 3, EXACT);
    assertThat(new AdversarialLoss(LEAST_SQUARES, 0.25).ratio(4)).isEqualTo(0.75);
    assertThat(new AdversarialLoss(HINGE, 0.25).ratio(-0.5)).isEqualTo(-1);
  }

  @Test
  void aRatioToNoErrorIsNotFinite() {
    assertThat(new AdversarialLoss(MINIMAX, 0).ratio(-1000)).isNaN();
    assertThat(new AdversarialLoss(NON_SATURATING, 0).ratio(-1000)).isInfinite();
    assertThat(new AdversarialLoss(LEAST_SQUARES, 0).ratio(0)).isInfinite();
    assertThat(new AdversarialLoss(HINGE, 0).ratio(-1.5)).isInfinite();
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(AdversarialObjective.values())
        .flatMap(
            first ->
                Arrays.stream(AdversarialObjective.values())
                    .filter(second -> second.compareTo(first) > 0)
                    .map(second -> Arguments.of(first, second)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void noTwoObjectivesAreTheSame(AdversarialObjective first, AdversarialObjective second) {
    AdversarialLoss one = new AdversarialLoss(first, 0);
    AdversarialLoss other = new AdversarialLoss(second, 0);
    double d = -2;

    differ(one.generator(d), other.generator(d));
    Set<AdversarialObjective> crossEntropies = EnumSet.of(MINIMAX, NON_SATURATING);
    if (crossEntropies.contains(first) && crossEntropies.contains(second)) {
      assertThat(one.real(d)).isEqualTo(other.real(d));
      assertThat(one.fake(d)).isEqualTo(other.fake(d));
      differ(one.generatorGradient(d), other.generatorGradient(d));
    } else {
      differ(one.real(d), other.real(d));
      differ(one.fake(d), other.fake(d));
    }
  }

  private static void differ(double one, double other) {
    assertThat(Math.abs(one - other)).isGreaterThan(0.1);
  }

  @Test
  void theMinimaxGeneratorHardlyLearnsWhereTheDiscriminatorIsSure() {
    double sureOfFake = -8;

    assertThat(new AdversarialLoss(MINIMAX, 0).generatorGradient(sureOfFake))
        .isBetween(-1e-3, -1e-4);
    assertThat(new AdversarialLoss(NON_SATURATING, 0).generatorGradient(sureOfFake))
        .isBetween(-1.0, -0.999);
  }

  @ParameterizedTest
  @MethodSource("objectivesAndSmoothings")
  void hugeLogitsDoNotOverflow(AdversarialObjective objective, double smoothing) {
    AdversarialLoss loss = new AdversarialLoss(objective, smoothing);
    for (double d : new double[] {-1000, 1000}) {
      assertThat(
              List.of(
                  loss.real(d),
                  loss.realGradient(d),
                  loss.fake(d),
                  loss.fakeGradient(d),
                  loss.generator(d),
                  loss.generatorGradient(d)))
          .allSatisfy(value -> assertThat(value).isFinite());
    }
  }

  @Test
  void crossEntropiesOfHugeLogitsAreLinear() {
    AdversarialLoss loss = new AdversarialLoss(NON_SATURATING, 0);

    assertThat(loss.real(-1000)).isEqualTo(1000);
    assertThat(loss.real(1000)).isZero();
    assertThat(loss.realGradient(-1000)).isEqualTo(-1);
    assertThat(loss.fake(1000)).isEqualTo(1000);
    assertThat(loss.fakeGradient(1000)).isEqualTo(1);
    assertThat(loss.generator(-1000)).isEqualTo(1000);
    assertThat(new AdversarialLoss(MINIMAX, 0).generator(1000)).isEqualTo(-1000);
    assertThat(new AdversarialLoss(NON_SATURATING, 0.25).real(1000)).isEqualTo(250);
  }
}
