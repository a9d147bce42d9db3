package org.sparkgen.job;

/**
 * Where samples were written.
 *
 * @param target the folder
 * @param count samples written
 * @param round rounds that the model had been trained for
 * @param weightsSha256 digest of the model's weights
 */
public record SampleResult(String target, long count, int round, String weightsSha256) {}
