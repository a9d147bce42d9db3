package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sparkgen.config.JobException;

/**
 * How the latent means of a variational autoencoder vary over examples, and the mean KL divergence
 * of each latent dimension; mergeable. Merged in the same order, the result is the same to the bit.
 */
public final class LatentMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RunningMean[] means;
  private final RunningMean[] divergences;

  /** Moments of no examples. */
  public LatentMoments(int latents) {
    means = empty(latents);
    divergences = empty(latents);
  }

  private static RunningMean[] empty(int latents) {
    RunningMean[] all = new RunningMean[latents];
    for (int j = 0; j < latents; j++) {
      all[j] = new RunningMean();
    }
    return all;
  }

  /**
   * Adds a batch.
   *
   * @param latentMeans packed (N, latents): the means of q(z|x)
   * @param kl packed (N, latents): each dimension's divergence of q(z|x) from the prior, in nats
   * @throws IllegalArgumentException for another length than whole rows
   */
  public void add(double[] latentMeans, double[] kl) {
    Checks.same("numbers beyond whole rows", 0, latentMeans.length % means.length);
    Checks.same("divergences", latentMeans.length, kl.length);
    for (int i = 0; i < kl.length; i++) {
      means[i % means.length].add(latentMeans[i]);
      divergences[i % means.length].add(kl[i]);
    }
  }

  /** Adds the examples of another part, of as many dimensions. */
  public void merge(LatentMoments other) {
    Checks.same("latent dimensions", means.length, other.means.length);
    for (int j = 0; j < means.length; j++) {
      means[j].merge(other.means[j]);
      divergences[j].merge(other.divergences[j]);
    }
  }

  /** Examples added so far. */
  public long examples() {
    return means.length == 0 ? 0 : means[0].count();
  }

  /**
   * Which dimensions say something about the example.
   *
   * @throws JobException for fewer than two examples: they have no variance
   */
  public ActiveUnits result() {
    Checks.atLeast(2, examples(), "the number of active units", "examples");
    List<Double> variances = new ArrayList<>();
    List<Double> kl = new ArrayList<>();
    for (int j = 0; j < means.length; j++) {
      variances.add(means[j].variance());
      kl.add(divergences[j].mean());
    }
    return new ActiveUnits(variances, kl, examples());
  }
}
