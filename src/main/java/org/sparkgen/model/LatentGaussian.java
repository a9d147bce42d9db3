package org.sparkgen.model;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.loss.GaussianKl;
import org.sparkgen.nn.Numbers;

/**
 * The encoder's output seen as a diagonal Gaussian per example, with a sample of each
 * (reparameterised; Kingma and Welling 2013): {@code z = mean + exp(v / 2) epsilon}, v = log
 * variance.
 */
final class LatentGaussian {
  private final DataType type;
  private final int count;
  private final int size;

  /** Row by row, means and then log variances. */
  private final double[] encoded;

  private final double[] epsilon;

  /**
   * Distributions with noise to sample them by.
   *
   * @param encoded {@code [N,2L]}: means, then log variances
   * @param epsilon {@code [N,L]}, standard normal
   */
  LatentGaussian(INDArray encoded, INDArray epsilon) {
    this.type = encoded.dataType();
    this.count = Math.toIntExact(encoded.size(0));
    this.size = Math.toIntExact(encoded.size(1) / 2);
    this.encoded = Numbers.of(encoded);
    this.epsilon = Numbers.of(epsilon);
  }

  private double mean(int i) {
    return encoded[i + i / size * size];
  }

  private double logVariance(int i) {
    return encoded[i + i / size * size + size];
  }

  /** Standard deviation times noise: what a sample adds to the mean. */
  private double noise(int i) {
    return Math.exp(0.5 * logVariance(i)) * epsilon[i];
  }

  /** The samples, {@code [N,L]}. */
  INDArray sample() {
    double[] z = new double[count * size];
    for (int i = 0; i < z.length; i++) {
      z[i] = mean(i) + noise(i);
    }
    return Numbers.array(type, z, count, size);
  }

  /** Divergence from the standard normal, summed over all examples, in nats. */
  double kl() {
    double sum = 0;
    for (int i = 0; i < count * size; i++) {
      sum += GaussianKl.value(mean(i), logVariance(i));
    }
    return sum;
  }

  /**
   * The error at the encoder's output, {@code [N,2L]}.
   *
   * @param sampleError gradient of the objective in the samples, {@code [N,L]}, or in the decoder's
   *     inputs, which begin with the samples
   * @param klWeight what {@link #kl} is multiplied with in the objective
   */
  INDArray backward(INDArray sampleError, double klWeight) {
    double[] outer = Numbers.of(sampleError);
    double[] error = new double[encoded.length];
    int width = outer.length / count;
    for (int i = 0; i < count * size; i++) {
      int at = i + i / size * size;
      double fromDecoder = outer[i / size * width + i % size];
      error[at] = fromDecoder + klWeight * GaussianKl.meanGradient(mean(i));
      error[at + size] =
          0.5 * fromDecoder * noise(i) + klWeight * GaussianKl.logVarianceGradient(logVariance(i));
    }
    return Numbers.array(type, error, count, 2L * size);
  }
}
