package org.sparkgen.job;

import java.util.List;

/**
 * What was exported.
 *
 * @param target the folder
 * @param files names of the files in it
 * @param round rounds that the model had been trained for
 * @param weightsSha256 digest of the model's weights
 */
public record ExportResult(String target, List<String> files, int round, String weightsSha256) {
  public ExportResult {
    files = List.copyOf(files);
  }
}
