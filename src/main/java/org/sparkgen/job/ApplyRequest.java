package org.sparkgen.job;

/**
 * Examples that a trained model is applied to.
 *
 * @param output output folder of the training
 * @param data the examples
 * @param to folder that is written, new or empty
 */
public record ApplyRequest(String output, DataRequest data, String to) {}
