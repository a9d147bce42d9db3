package org.sparkgen.job;

/**
 * A path through the latent space.
 *
 * @param latent the model, both ends, and the folder that is written
 * @param steps pictures, both ends among them, at least 2
 */
public record InterpolateRequest(LatentRequest latent, int steps) {}
