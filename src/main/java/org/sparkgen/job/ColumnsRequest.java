package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.config.AnomalyScore;

/**
 * The columns that a table gets from a trained model; each only if it has a name.
 *
 * @param latent name of the column of latent vectors, means where the encoder gives distributions
 * @param reconstruction name of the column of what the model makes of the examples
 * @param score name of the column of anomaly scores
 * @param kind of score; the first that the model can give if it is not said
 * @param samples latent samples per example, at least 1, where the score is estimated by them
 */
public record ColumnsRequest(
    Optional<String> latent,
    Optional<String> reconstruction,
    Optional<String> score,
    Optional<AnomalyScore> kind,
    int samples) {}
