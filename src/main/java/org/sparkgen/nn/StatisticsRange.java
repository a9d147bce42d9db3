package org.sparkgen.nn;

/**
 * Where one batch-normalisation layer keeps its running statistics in the flat parameters.
 *
 * @param mean index of the first running mean
 * @param variance index of the first running variance
 * @param length how many of each
 */
public record StatisticsRange(int mean, int variance, int length) {}
