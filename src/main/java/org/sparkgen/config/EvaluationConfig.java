package org.sparkgen.config;

import java.util.Optional;

/**
 * Metrics of a training on its held-out examples, and what follows from them.
 *
 * @param every rounds between evaluations; 0: only after the last round
 * @param importanceSamples latent samples per example for log p(x); 0: it is not estimated
 * @param samples generated examples that are compared with real ones; 0: none
 * @param features the network in whose features they are compared
 * @param select the round whose weights are published
 * @param patience evaluations without improvement after which training stops; 0: it doesn't
 */
public record EvaluationConfig(
    @Doc("Rounds between evaluations on data.heldOut; 0: only after the last round.")
        @Default("0")
        @Within(min = 0)
        int every,
    @Doc("Latent samples per example for an estimate of log p(x); 0: none is made.")
        @Default("0")
        @Within(min = 0, max = 1_000_000)
        int importanceSamples,
    @Doc("Generated examples to compare with real ones in a network's features; 0: none.")
        @Default("0")
        @Within(min = 0, max = 10_000_000)
        int samples,
    @Doc("The network in whose features generated and real examples are compared.")
        Optional<FeatureNetConfig> features,
    @Doc("The round whose weights are published: the last, or the best by a held-out metric.")
        @Default("last")
        Selection select,
    @Doc("Evaluations without improvement after which training stops; 0: it goes on.")
        @Default("0")
        @Within(min = 0, max = 1_000_000)
        int patience) {

  /** What decides which round's weights are published. */
  public enum Selection {
    /** The last round. */
    LAST,
    /** The round of the lowest held-out loss. */
    LOSS,
    /** The round of the lowest negative ELBO. */
    NEGATIVE_ELBO,
    /** The round of the highest log p(x). */
    LOG_LIKELIHOOD,
    /** The round of the lowest Frechet distance. */
    FRECHET_DISTANCE
  }
}
