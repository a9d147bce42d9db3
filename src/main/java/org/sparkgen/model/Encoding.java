package org.sparkgen.model;

/** What an encoder makes of some examples. */
public final class Encoding {
  private final float[] means;
  private final float[] variances;
  private final int size;

  private Encoding(float[] means, float[] variances, int size) {
    this.means = means;
    this.variances = variances;
    this.size = size;
  }

  /** Latent vectors of an encoder without a distribution, {@code (N, size)}; not copied. */
  static Encoding of(float[] vectors, int size) {
    return new Encoding(vectors, new float[0], size);
  }

  /**
   * Distributions.
   *
   * @param encoded row by row, {@code size} means and then as many log variances
   */
  static Encoding ofGaussians(float[] encoded, int size) {
    float[] means = new float[encoded.length / 2];
    float[] variances = new float[means.length];
    for (int i = 0; i < means.length; i++) {
      int at = i + i / size * size;
      means[i] = encoded[at];
      variances[i] = (float) Math.exp(encoded[at + size]);
    }
    return new Encoding(means, variances, size);
  }

  /** Numbers in a latent vector. */
  public int size() {
    return size;
  }

  /** The latent vectors, or the means of their distributions, {@code (N, size)}; not a copy. */
  public float[] means() {
    return means;
  }

  /**
   * Variances of the latent distributions, {@code (N, size)}; empty if the encoder gives points;
   * not a copy.
   */
  public float[] variances() {
    return variances;
  }
}
