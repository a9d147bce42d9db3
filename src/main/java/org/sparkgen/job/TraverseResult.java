package org.sparkgen.job;

/**
 * What single latent dimensions change.
 *
 * @param drawn where it was written, and how many dimensions
 * @param text lines for a terminal: what the picture shows, row by row
 */
public record TraverseResult(SampleResult drawn, String text) {}
