package org.sparkgen.nn;

import static org.sparkgen.nn.Arrays2d.Transpose.NO;
import static org.sparkgen.nn.Arrays2d.Transpose.YES;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A weight matrix W {@code [out,in]} and what a layer computes with in its place: {@code W / sigma}
 * with {@code sigma = u' W v}, where u and v are an estimate, by power iteration, of the singular
 * vectors of W's largest singular value.
 */
final class SpectralMatrix {
  /** A matrix of zeros is divided by this. */
  private static final double SMALLEST = 1e-12;

  /** Where sigma changes by a smaller share than this, it is right within a few thousandths. */
  private static final double TOLERANCE = 1e-5;

  /** Enough for large weights as they are at first, whose singular values lie close together. */
  private static final int MOST_ITERATIONS = 100;

  /** Its multiples are spread evenly: no weights are likely to be orthogonal to such a vector. */
  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

  private final INDArray weights;
  private final INDArray gradient;
  private final INDArray normalized;

  /** u, {@code [out,1]}. */
  private final INDArray left;

  /** v, {@code [1,in]}. */
  private final INDArray right;

  private double sigma;

  /**
   * Not yet estimated.
   *
   * @param weights view of the parameters, {@code [out,in]} in C order
   * @param gradient view of their gradients, alike
   */
  SpectralMatrix(INDArray weights, INDArray gradient) {
    this.weights = weights;
    this.gradient = gradient;
    this.normalized = detached(weights, weights.size(0), weights.size(1));
    this.left = detached(weights, weights.size(0), 1);
    this.right = detached(weights, 1, weights.size(1));
  }

  private static INDArray detached(INDArray like, long... shape) {
    return Nd4j.createUninitializedDetached(like.dataType(), 'c', shape);
  }

  /** W / sigma, {@code [out,in]} in C order: always the same array. */
  INDArray normalized() {
    return normalized;
  }

  /** Forgets u, v and sigma. */
  void restart() {
    sigma = 0;
    for (int i = 0; i < left.length(); i++) {
      left.putScalar(i, i * GOLDEN_RATIO % 1 - 0.5);
    }
  }

  /** One power iteration: {@code v = W'u / |W'u|, sigma = |W v|, u = W v / sigma}. */
  void iterate() {
    Arrays2d.multiply(left, YES, weights, NO, right, 0);
    right.divi(length(right));
    Arrays2d.multiply(weights, NO, right, YES, left, 0);
    sigma = length(left);
    left.divi(sigma);
  }

  /** Iterates until sigma stays, but no more than {@link #MOST_ITERATIONS} times. */
  void converge() {
    double before;
    int iterations = 0;
    do {
      before = sigma;
      iterate();
      iterations++;
    } while (iterations < MOST_ITERATIONS && Math.abs(sigma - before) > TOLERANCE * sigma);
  }

  private static double length(INDArray vector) {
    return Math.max(SMALLEST, vector.norm2Number().doubleValue());
  }

  /** Takes sigma of the present weights, with u and v as they are. */
  void measure() {
    INDArray image = Arrays2d.empty(weights, weights.size(0), 1);
    Arrays2d.multiply(weights, NO, right, YES, image, 0);
    sigma = Math.max(SMALLEST, dot(left, image));
  }

  /** Divides the present weights by sigma. */
  void normalize() {
    weights.div(sigma, normalized);
  }

  /**
   * Turns the gradient G in {@code W / sigma} into the one in W, u and v being constants: {@code (G
   * - <G, W / sigma> u v') / sigma}.
   */
  void chain() {
    double along = dot(gradient, normalized);
    Arrays2d.multiply(left.mul(-along / sigma), NO, right, NO, gradient, 1 / sigma);
  }

  private static double dot(INDArray a, INDArray b) {
    return Nd4j.getBlasWrapper().dot(a.reshape(a.length()), b.reshape(b.length()));
  }
}
