package org.sparkgen.job;

/**
 * What a model came to.
 *
 * @param output the training's output folder
 * @param round rounds that the model had been trained for
 * @param weightsSha256 digest of the model's weights
 * @param table all metrics, with the numbers of examples behind them, as lines for a terminal
 */
public record EvaluateResult(String output, int round, String weightsSha256, String table) {}
