package org.sparkgen.job;

/**
 * Examples to be encoded.
 *
 * @param output output folder of the training
 * @param data the examples
 * @param to folder that is written, new or empty
 */
public record EncodeRequest(String output, DataRequest data, String to) {}
