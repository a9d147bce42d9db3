package org.sparkgen.job;

import org.sparkgen.config.Family;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.config.ModelConfig;

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
    return mix(from, to, a, b);
  }

  private static float[] mix(float[] from, float[] to, double a, double b) {
    float[] point = new float[from.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (a * from[i] + b * to[i]);
    }
    return point;
  }

  /**
   * Points on the way from one latent vector to another: on an arc where the model has a Gaussian
   * prior, otherwise on a straight line.
   *
   * @param steps points, both ends among them, at least 2
   * @return point after point
   */
  static float[] path(ModelConfig model, float[] from, float[] to, int steps) {
    boolean curved = hasGaussianPrior(model);
    float[] points = new float[steps * from.length];
    for (int step = 0; step < steps; step++) {
      double share = step / (steps - 1.0);
      float[] point = curved ? spherical(from, to, share) : mix(from, to, 1 - share, share);
      System.arraycopy(point, 0, points, step * from.length, from.length);
    }
    return points;
  }

  private static boolean hasGaussianPrior(ModelConfig model) {
    return model instanceof GanConfig gan
        ? gan.prior() == Prior.NORMAL
        : model.family() != Family.AUTOENCODER;
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
