package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.config.AnomalyScore;

/**
 * Examples to be scored.
 *
 * @param apply the model, the examples and the folder that is written
 * @param score which score; the family's usual one if there is none
 * @param samples latent samples per example where the score is estimated by them, at least 1
 * @param among training examples at most, at least 100, among which the nearest are looked for,
 *     where the score is a distance
 * @param reference training examples at most whose scores others are compared with; 0: none
 * @param foreign name or number of the class that is foreign, for the area under the ROC curve
 */
public record ScoreRequest(
    ApplyRequest apply,
    Optional<AnomalyScore> score,
    int samples,
    int among,
    int reference,
    Optional<String> foreign) {}
