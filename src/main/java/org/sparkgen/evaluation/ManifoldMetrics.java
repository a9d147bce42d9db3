package org.sparkgen.evaluation;

/**
 * How well generated vectors look real, and how many real ones they cover, by balls that reach the
 * k-th neighbour: precision and recall of Kynkaanniemi et al., "Improved precision and recall
 * metric for assessing generative models", 2019; density and coverage of Naeem et al., "Reliable
 * fidelity and diversity metrics for generative models", 2020.
 *
 * <p>All depend on the numbers of vectors: compare equal counts only.
 *
 * @param precision share of generated vectors in at least one real ball
 * @param recall share of real vectors in at least one generated ball
 * @param density real balls around a generated vector, on average, divided by k; may exceed 1
 * @param coverage share of real balls with at least one generated vector
 * @param real vectors in the real set
 * @param generated vectors in the generated set
 * @param neighbours k
 */
public record ManifoldMetrics(
    double precision,
    double recall,
    double density,
    double coverage,
    long real,
    long generated,
    int neighbours) {}
