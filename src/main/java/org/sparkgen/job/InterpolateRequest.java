package org.sparkgen.job;

import java.util.Optional;

/**
 * A path through the latent space.
 *
 * @param output output folder of the training
 * @param from where it begins
 * @param to where it ends
 * @param steps pictures, both ends among them, at least 2
 * @param className name or number of the class of all of them, of a conditional model
 * @param target folder that is written, new or empty
 */
public record InterpolateRequest(
    String output,
    LatentPoint from,
    LatentPoint to,
    int steps,
    Optional<String> className,
    String target) {}
