package org.sparkgen.job;

/**
 * Codes to be turned into images.
 *
 * @param output output folder of the training whose model wrote the codes
 * @param codes folder that {@code compress} has written
 * @param to folder that is written, new or empty
 */
public record DecompressRequest(String output, String codes, String to) {}
