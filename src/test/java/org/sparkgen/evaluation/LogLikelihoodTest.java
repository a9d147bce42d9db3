package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class LogLikelihoodTest {
  /** Adds log weights packed (samples, examples). */
  private static void addAll(LogMeanExponential batch, int examples, double... logWeights) {
    for (int i = 0; i < logWeights.length; i++) {
      batch.add(i % examples, logWeights[i]);
    }
  }

  private static LogLikelihoodSums sums(double... logWeightsOfOneSample) {
    LogMeanExponential batch = new LogMeanExponential(logWeightsOfOneSample.length);
    addAll(batch, logWeightsOfOneSample.length, logWeightsOfOneSample);
    LogLikelihoodSums sums = new LogLikelihoodSums();
    sums.add(batch);
    return sums;
  }

  @Test
  void weightsAreAveragedBeforeTheLogarithm() {
    LogMeanExponential batch = new LogMeanExponential(2);
    addAll(batch, 2, Math.log(1), Math.log(5), Math.log(3), Math.log(7));
    addAll(batch, 2, Math.log(8), Math.log(0));

    assertThat(batch.samples()).isEqualTo(3);
    assertThat(batch.values()[0]).isCloseTo(Math.log(4), within(1e-14));
    assertThat(batch.values()[1]).isCloseTo(Math.log(4), within(1e-14));
  }

  @Test
  void hugeAndTinyWeightsNeitherOverflowNorVanish() {
    LogMeanExponential batch = new LogMeanExponential(3);
    addAll(batch, 3, -5000, 5000, Double.NEGATIVE_INFINITY);
    addAll(batch, 3, -5000 + Math.log(3), 4000, Double.NEGATIVE_INFINITY);

    assertThat(batch.values()[0]).isCloseTo(-5000 + Math.log(2), within(1e-11));
    assertThat(batch.values()[1]).isCloseTo(5000 - Math.log(2), within(1e-11));
    assertThat(batch.values()[2]).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aWeightThatIsNotANumberIsNotHidden() {
    LogMeanExponential batch = new LogMeanExponential(1);
    addAll(batch, 1, -1, Double.NaN, -2);

    assertThat(batch.values()[0]).isNaN();
  }

  @Test
  void meanAndStandardErrorAreOverExamples() {
    LogLikelihood result = sums(-1, -2, -6).result();

    assertThat(result.value()).isCloseTo(-3, within(1e-15));
    // Squared deviations 4 + 1 + 9 = 14; variance 7; standard error sqrt(7 / 3).
    assertThat(result.standardError()).isCloseTo(Math.sqrt(7 / 3.0), within(1e-15));
    assertThat(result.examples()).isEqualTo(3);
    assertThat(result.samples()).isEqualTo(1);
    assertThat(sums(-4).result().standardError()).isNaN();
  }

  @Test
  void mergedPartsEqualTheWholeAndNothingAddsNothing() {
    LogLikelihoodSums merged = new LogLikelihoodSums();
    merged.merge(Travel.copy(sums(-1, -2), LogLikelihoodSums.class));
    merged.merge(new LogLikelihoodSums());
    merged.merge(sums(-6));
    LogLikelihood whole = sums(-1, -2, -6).result();

    assertThat(merged.result().value()).isCloseTo(whole.value(), within(1e-14));
    assertThat(merged.result().standardError()).isCloseTo(whole.standardError(), within(1e-14));
    assertThat(merged.examples()).isEqualTo(3);
  }

  @Test
  void refusesWhatCantBeAveraged() {
    LogMeanExponential uneven = new LogMeanExponential(2);
    uneven.add(0, -1);
    LogMeanExponential two = new LogMeanExponential(1);
    addAll(two, 1, -1, -2);

    assertThatThrownBy(uneven::samples)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the same number of samples")
        .hasMessageContaining("[1, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums(-1).add(two))
        .withMessage("importance samples per example: expected 1, found 2");
    assertThatThrownBy(() -> new LogLikelihoodSums().result())
        .isInstanceOf(JobException.class)
        .hasMessage("log p(x) needs at least 1 examples, found 0");
  }

  /**
   * {@code x = W z + noise}: the columns of W are orthogonal, so that the posterior is a diagonal
   * Gaussian and log p(x) is a sum of one-dimensional densities.
   */
  @Test
  void importanceSamplesFindTheDensityOfALinearGaussianModel() {
    LinearGaussian model = new LinearGaussian(new Random(7));
    LogLikelihoodSums sums = new LogLikelihoodSums();
    double exact = 0;
    double lowerBounds = 0;
    for (int batch = 0; batch < 4; batch++) {
      LogMeanExponential weights = new LogMeanExponential(10);
      double[][] examples = new double[10][];
      for (int i = 0; i < examples.length; i++) {
        examples[i] = model.example();
        exact += model.logDensity(examples[i]) / 40;
      }
      for (int chunk = 0; chunk < 25; chunk++) {
        double[] logWeights = new double[10 * 100];
        for (int s = 0; s < logWeights.length; s++) {
          logWeights[s] = model.logWeight(examples[s % 10]);
          lowerBounds += logWeights[s] / (40 * 2500);
        }
        addAll(weights, 10, logWeights);
      }
      sums.add(weights);
    }

    assertThat(sums.result().value()).isCloseTo(exact, within(0.01));
    assertThat(sums.result().samples()).isEqualTo(2500);
    assertThat(sums.result().examples()).isEqualTo(40);
    // The proposals are off enough for the plain bound to miss.
    assertThat(lowerBounds).isLessThan(exact - 0.05);
  }

  private static final class LinearGaussian {
    private static final double NOISE_VARIANCE = 0.3;
    private static final double[] SCALES = {1.5, 0.7};
    private static final double[][] DIRECTIONS = {{0.5, 0.5, 0.5, 0.5}, {0.5, -0.5, 0.5, -0.5}};

    private final Random random;

    LinearGaussian(Random random) {
      this.random = random;
    }

    double[] example() {
      return mean(random.nextGaussian(), random.nextGaussian(), Math.sqrt(NOISE_VARIANCE));
    }

    private double[] mean(double first, double second, double noise) {
      double[] x = new double[4];
      for (int i = 0; i < x.length; i++) {
        x[i] = SCALES[0] * DIRECTIONS[0][i] * first + SCALES[1] * DIRECTIONS[1][i] * second;
        x[i] += noise == 0 ? 0 : noise * random.nextGaussian();
      }
      return x;
    }

    double logDensity(double[] x) {
      double rest = dot(x, x);
      double sum = 0;
      for (int j = 0; j < 2; j++) {
        double along = dot(x, DIRECTIONS[j]);
        rest -= along * along;
        sum += logNormal(along, 0, SCALES[j] * SCALES[j] + NOISE_VARIANCE);
      }
      return sum - Math.log(2 * Math.PI * NOISE_VARIANCE) - rest / (2 * NOISE_VARIANCE);
    }

    /** log p(x, z) / q(z|x) with z from a q that is wider than the posterior and beside it. */
    double logWeight(double[] x) {
      double[] z = new double[2];
      double logWeight = 0;
      for (int j = 0; j < 2; j++) {
        double precision = 1 + SCALES[j] * SCALES[j] / NOISE_VARIANCE;
        double center = SCALES[j] * dot(x, DIRECTIONS[j]) / NOISE_VARIANCE / precision + 0.05;
        double variance = 1.4 / precision;
        z[j] = center + Math.sqrt(variance) * random.nextGaussian();
        logWeight += logNormal(z[j], 0, 1) - logNormal(z[j], center, variance);
      }
      double[] decoded = mean(z[0], z[1], 0);
      for (int i = 0; i < x.length; i++) {
        logWeight += logNormal(x[i], decoded[i], NOISE_VARIANCE);
      }
      return logWeight;
    }

    private static double logNormal(double value, double mean, double variance) {
      double difference = value - mean;
      return -0.5 * (Math.log(2 * Math.PI * variance) + difference * difference / variance);
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
