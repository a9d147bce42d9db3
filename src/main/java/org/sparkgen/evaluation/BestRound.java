package org.sparkgen.evaluation;

/**
 * The round whose weights are published.
 *
 * @param round rounds finished
 * @param metric name of the held-out metric by which it is the best
 * @param value of that metric
 */
public record BestRound(int round, String metric, double value) {}
