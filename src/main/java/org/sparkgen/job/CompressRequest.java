package org.sparkgen.job;

/**
 * Images to be compressed.
 *
 * @param apply the model, the images and the folder that is written
 * @param step distance of the levels that latent numbers are rounded to, above 0: in standard
 *     deviations of the prior, of a model without one in eighths of what a dimension ranges over
 */
public record CompressRequest(ApplyRequest apply, double step) {}
