package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.config.AnomalyScore;

/**
 * Examples to be scored.
 *
 * @param output output folder of the training
 * @param data the examples
 * @param to folder that is written, new or empty
 * @param score which score; the family's usual one if there is none
 * @param samples latent samples per example where the score is estimated by them, at least 1
 * @param reference training examples at most whose scores others are compared with; 0: none
 * @param foreign name or number of the class that is foreign, for the area under the ROC curve
 */
public record ScoreRequest(
    String output,
    DataRequest data,
    String to,
    Optional<AnomalyScore> score,
    int samples,
    int reference,
    Optional<String> foreign) {}
