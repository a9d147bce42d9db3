package org.sparkgen.model;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.loss.GaussianKl;
import org.sparkgen.nn.Numbers;

/**
 * The encoder's output seen as a diagonal Gaussian per example, with samples of each
 * (reparameterised; Kingma and Welling 2013): {@code z = mean + exp(v / 2) epsilon}, v = log
 * variance.
 *
 * <p>Samples are rows, one pass over the examples after the other: with N examples, row r is of
 * example r modulo N.
 */
final class LatentGaussian {
  private final DataType type;
  private final int count;
  private final int size;

  /** Row by row, means and then log variances. */
  private final double[] encoded;

  private final double[] deviations;
  private final double[] epsilon;

  /**
   * Distributions with noise to sample them by.
   *
   * @param encoded {@code [N,2L]}: means, then log variances
   * @param epsilon {@code [k N, L]}, standard normal
   */
  LatentGaussian(INDArray encoded, INDArray epsilon) {
    this(
        encoded.dataType(),
        Math.toIntExact(encoded.size(1) / 2),
        Numbers.of(encoded),
        Numbers.of(epsilon));
  }

  /** As above, with the numbers of the arrays. */
  LatentGaussian(DataType type, int size, double[] encoded, double[] epsilon) {
    this.type = type;
    this.size = size;
    this.count = encoded.length / (2 * size);
    this.encoded = encoded;
    this.epsilon = epsilon;
    this.deviations = new double[count * size];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = Math.exp(0.5 * logVariance(i));
    }
  }

  /** Latent dimensions, L. */
  int size() {
    return size;
  }

  private double mean(int i) {
    return encoded[i + i / size * size];
  }

  private double logVariance(int i) {
    return encoded[i + i / size * size + size];
  }

  /** The samples, {@code [k N, L]}. */
  INDArray samples() {
    double[] z = new double[epsilon.length];
    for (int row = 0; row < z.length / size; row++) {
      int mean = row % count * 2 * size;
      int deviation = row % count * size;
      for (int i = row * size; i < (row + 1) * size; i++) {
        z[i] = encoded[mean++] + deviations[deviation++] * epsilon[i];
      }
    }
    return Numbers.array(type, z, z.length / size, size);
  }

  /** {@code log p(z) - log q(z|x)} of every sample, in nats. */
  double[] logRatios() {
    double[] ratios = new double[epsilon.length / size];
    for (int row = 0; row < ratios.length; row++) {
      int mean = row % count * 2 * size;
      int deviation = row % count * size;
      double sum = 0;
      for (int i = row * size; i < (row + 1) * size; i++) {
        double z = encoded[mean] + deviations[deviation++] * epsilon[i];
        sum += epsilon[i] * epsilon[i] - z * z + encoded[size + mean++];
      }
      ratios[row] = 0.5 * sum;
    }
    return ratios;
  }

  /** Divergence from the standard normal, summed over all examples, in nats. */
  double kl() {
    double sum = 0;
    for (int i = 0; i < count * size; i++) {
      sum += GaussianKl.value(mean(i), logVariance(i));
    }
    return sum;
  }

  /** Of every dimension, the mean over the examples of its share of the divergence, in nats. */
  double[] klByDimension() {
    double[] means = new double[size];
    for (int i = 0; i < count * size; i++) {
      means[i % size] += GaussianKl.value(mean(i), logVariance(i)) / count;
    }
    return means;
  }

  /** Means and divergences. */
  Posterior posterior() {
    double[] means = new double[count * size];
    double[] kl = new double[count * size];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(i);
      kl[i] = GaussianKl.value(mean(i), logVariance(i));
    }
    return new Posterior(means, kl);
  }

  /**
   * The error at the encoder's output, {@code [N,2L]}, of an objective of one sample per example
   * and the divergence.
   *
   * @param inputError gradient of the objective in the decoder's inputs, {@code [N,L]} or wider:
   *     they begin with the samples
   * @param klWeights what the divergence of each dimension is multiplied with in the objective
   */
  INDArray backward(INDArray inputError, double[] klWeights) {
    double[] outer = Numbers.of(inputError);
    double[] error = new double[encoded.length];
    int width = outer.length / count;
    for (int i = 0; i < count * size; i++) {
      int at = i + i / size * size;
      double atSample = outer[i / size * width + i % size];
      double klWeight = klWeights[i % size];
      error[at] = atSample + klWeight * GaussianKl.meanGradient(mean(i));
      error[at + size] =
          0.5 * atSample * (deviations[i] * epsilon[i])
              + klWeight * GaussianKl.logVarianceGradient(logVariance(i));
    }
    return Numbers.array(type, error, count, 2L * size);
  }

  /**
   * The error at the encoder's output, {@code [N,2L]}, of an objective of any number of samples and
   * their log ratios. The gradient of {@code log p(z) - log q(z|x)} through the sample and the
   * distribution is {@code -z} in the mean and {@code (1 - z exp(v / 2) epsilon) / 2} in v.
   *
   * @param inputError gradient of the objective in the decoder's inputs, {@code [k N, L]} or wider
   * @param ratioWeights gradient of the objective in each of {@link #logRatios}
   */
  INDArray backwardThroughRatios(INDArray inputError, double[] ratioWeights) {
    double[] outer = Numbers.of(inputError);
    double[] error = new double[encoded.length];
    int width = outer.length / ratioWeights.length;
    for (int row = 0; row < ratioWeights.length; row++) {
      double weight = ratioWeights[row];
      int mean = row % count * 2 * size;
      int deviation = row % count * size;
      for (int i = row * size, j = row * width; i < (row + 1) * size; i++, j++) {
        double added = deviations[deviation++] * epsilon[i];
        double atSample = outer[j] - weight * (encoded[mean] + added);
        error[mean] += atSample;
        error[size + mean++] += 0.5 * (atSample * added + weight);
      }
    }
    return Numbers.array(type, error, count, 2L * size);
  }
}
