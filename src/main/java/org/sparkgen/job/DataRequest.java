package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.Keyword;

/**
 * Examples that a trained model is applied to.
 *
 * @param path file, folder or glob; the training examples if there is none
 * @param format how it is to be read; as the training examples if there is none
 * @param labels an IDX label file
 * @param column a Parquet column, or the first of the CSV columns
 * @param labelColumn a Parquet or CSV column
 */
public record DataRequest(
    Optional<String> path,
    Optional<DataFormat> format,
    Optional<String> labels,
    Optional<String> column,
    Optional<String> labelColumn) {
  /** The training examples. */
  public static DataRequest ofTraining() {
    return new DataRequest(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** As settings of a configuration. */
  List<String> overrides() {
    List<String> settings = new ArrayList<>();
    settings.add("data.heldOut=null");
    // Each row says of its example whether it could be read; a model is not spoiled by those.
    settings.add("data.maxRejectedFraction=1");
    if (path.isPresent()) {
      // What belongs to the training examples does not to others.
      settings.add("data.path=" + path.get());
      settings.add("data.labels=null");
      settings.add("data.labelColumn=null");
      settings.add("data.excludedClasses=[]");
    }
    format.ifPresent(f -> settings.add("data.format=" + Keyword.of(f)));
    labels.ifPresent(l -> settings.add("data.labels=" + l));
    column.ifPresent(c -> settings.add("data.column=" + c));
    labelColumn.ifPresent(c -> settings.add("data.labelColumn=" + c));
    return settings;
  }
}
