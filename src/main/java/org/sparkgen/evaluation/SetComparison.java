package org.sparkgen.evaluation;

/**
 * How far two sets of examples are apart in a network's features. Each part states how many
 * examples it is of.
 *
 * @param frechet distance of Gaussians
 * @param kernel unbiased distance, with its standard error
 * @param manifold precision, recall, density and coverage
 */
public record SetComparison(
    FrechetDistance frechet, KernelDistance kernel, ManifoldMetrics manifold) {}
