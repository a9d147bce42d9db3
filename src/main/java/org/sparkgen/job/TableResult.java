package org.sparkgen.job;

/**
 * What a model said of examples.
 *
 * @param target the folder that was written
 * @param accepted examples that the model looked at
 * @param rejected listed examples that can't be used
 * @param round rounds that the model had been trained for
 * @param weightsSha256 digest of the model's weights
 * @param text what is to be told of it, lines for a terminal; may be empty
 */
public record TableResult(
    String target, long accepted, long rejected, int round, String weightsSha256, String text) {}
