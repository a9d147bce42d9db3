package org.sparkgen.model;

import java.util.function.IntToLongFunction;
import org.sparkgen.data.Batch;

/**
 * Has a likelihood that importance sampling estimates: log p(x) is the log of the expectation of
 * the weights {@code p(x|z) p(z) / q(z|x)}, z from q (Burda, Grosse and Salakhutdinov 2015). Of a
 * conditional model it is log p(x|y), y the example's label.
 */
public interface LikelihoodEstimator {
  /**
   * Draws log weights: a function of the networks' state and the arguments. Opens steps of its own,
   * whose memory depends on neither the batch's size nor the number of samples; call it outside of
   * a {@link org.sparkgen.nn.StepWorkspace}.
   *
   * @param batch examples in the model's range
   * @param samples latent samples per example, at least 1
   * @param noiseSeeds source of the latent noise of the example at a place in the batch
   * @param receiver is handed every log weight, in nats
   * @return the distributions that the samples were drawn from
   */
  Posterior logWeights(Batch batch, int samples, IntToLongFunction noiseSeeds, Receiver receiver);

  /** The distributions of the batch's latent vectors. */
  Posterior posterior(Batch batch);

  /** Who takes log weights. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Takes a log weight.
     *
     * @param example its place in the batch
     */
    void add(int example, double logWeight);
  }
}
