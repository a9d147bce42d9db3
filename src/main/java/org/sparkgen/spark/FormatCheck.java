package org.sparkgen.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.data.FormatGuess;
import org.sparkgen.storage.Storage;

/** Looks whether the first file of a path is of the configured format, before any task does. */
final class FormatCheck {
  private final Storage storage;
  private final DataConfig data;
  private final String key;

  /**
   * A check.
   *
   * @param key the configuration key of the path, for messages
   */
  FormatCheck(Storage storage, DataConfig data, String key) {
    this.storage = storage;
    this.data = data;
    this.key = key;
  }

  /**
   * Refuses files of which the first is surely of another format. Among pictures, anything may lie:
   * there each file is looked at by itself.
   *
   * @throws JobException with {@link ExitCode#INPUT}, naming the format that would be right
   */
  void check(List<ExampleFile> files) {
    ExampleFile first = files.get(0);
    switch (data.format()) {
      case FOLDER -> {}
      case IDX, PARQUET, CSV -> guess(first).ifPresent(found -> require(found, first));
      // A record may begin like an IDX file: class 0, and then pixels.
      case CIFAR10 ->
          guess(first)
              .filter(found -> found != DataFormat.IDX)
              .ifPresent(found -> require(found, first));
    }
  }

  private void require(DataFormat found, ExampleFile file) {
    if (found != data.format()) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s: data.format = %s, but %s is %s; give data.format = %s, or --format %s"
              .formatted(
                  key,
                  data.path(),
                  Keyword.of(data.format()),
                  file.name(),
                  found == DataFormat.FOLDER
                      ? "a picture"
                      : "a file of the format " + Keyword.of(found),
                  Keyword.of(found),
                  Keyword.of(found)));
    }
  }

  /** Whatever is wrong with reading it, the task that reads it says better. */
  private Optional<DataFormat> guess(ExampleFile file) {
    try (InputStream content = storage.read(file.uri())) {
      return FormatGuess.of(content.readNBytes(FormatGuess.LENGTH));
    } catch (JobException | IOException e) {
      return Optional.empty();
    }
  }
}
