package org.sparkgen.job;

/** Paths between two latent vectors. */
final class Interpolation {
  private static final double PARALLEL = 1e-6;

  private Interpolation() {}

  /**
   * Spherical interpolation (Shoemake 1985), which keeps points between two draws of a Gaussian at
   * a typical distance from the origin; nearly parallel vectors are interpolated linearly.
   *
   * @param share 0 gives {@code from}, 1 gives {@code to}
   */
  static float[] spherical(float[] from, float[] to, double share) {
    double angle = angle(from, to);
    double sine = Math.sin(angle);
    double a = sine < PARALLEL ? 1 - share : Math.sin((1 - share) * angle) / sine;
    double b = sine < PARALLEL ? share : Math.sin(share * angle) / sine;
    float[] point = new float[from.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (a * from[i] + b * to[i]);
    }
    return point;
  }

  private static double angle(float[] from, float[] to) {
    double dot = 0;
    double fromSquare = 0;
    double toSquare = 0;
    for (int i = 0; i < from.length; i++) {
      dot += (double) from[i] * to[i];
      fromSquare += (double) from[i] * from[i];
      toSquare += (double) to[i] * to[i];
    }
    double norms = Math.sqrt(fromSquare * toSquare);
    return norms == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, dot / norms)));
  }
}
