package org.sparkgen.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Samples to be drawn.
 *
 * @param output folder of a finished or running training
 * @param count how many, at least 1
 * @param seed the source of the latent vectors
 * @param classes names or numbers of classes with their shares, above 0; all in turn if empty
 * @param truncation how far from 0 a number of a latent vector may be, above 0
 * @param form what is written
 * @param to folder that is written, new or empty
 */
public record SampleRequest(
    String output,
    int count,
    long seed,
    Map<String, Double> classes,
    OptionalDouble truncation,
    Form form,
    String to) {
  public SampleRequest {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }

  /** What samples are written as. */
  public enum Form {
    /** A Parquet table. */
    TABLE,
    /** PNG files, in a folder per class if there are classes. */
    FILES
  }
}
