package org.sparkgen.job;

/**
 * Latent vectors to be turned into examples.
 *
 * @param output output folder of the training
 * @param table a Parquet table
 * @param column its column of vectors
 * @param to folder that is written, new or empty
 */
public record DecodeRequest(String output, String table, String column, String to) {}
