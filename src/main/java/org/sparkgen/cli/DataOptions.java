package org.sparkgen.cli;

import java.util.Arrays;
import java.util.Optional;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.Keyword;
import org.sparkgen.job.DataRequest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that say which examples a trained model is applied to. */
final class DataOptions {
  @CommandLine.Option(
      names = "--data",
      paramLabel = "PATH",
      description = "File, folder or glob of examples. Default: the training's data.path.")
  private Optional<String> path = Optional.empty();

  @CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "How to read them: folder (PNG, JPEG, GIF, BMP), idx, cifar10, csv or parquet. "
              + "Default: as the training examples.")
  private Optional<String> format = Optional.empty();

  @CommandLine.Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The label file of an IDX image file.")
  private Optional<String> labels = Optional.empty();

  @CommandLine.Option(
      names = "--column",
      paramLabel = "NAME",
      description = "Parquet: the column that holds the example; CSV: the first of its columns.")
  private Optional<String> column = Optional.empty();

  @CommandLine.Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Parquet and CSV: the column with an integer label.")
  private Optional<String> labelColumn = Optional.empty();

  /** What the options say. */
  DataRequest request(CommandSpec spec) {
    path.ifPresent(p -> Paths.check(spec, "--data", p));
    labels.ifPresent(p -> Paths.check(spec, "--labels", p));
    return new DataRequest(path, format.map(f -> format(spec, f)), labels, column, labelColumn);
  }

  private static DataFormat format(CommandSpec spec, String name) {
    return Arrays.stream(DataFormat.values())
        .filter(each -> Keyword.of(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--format must be one of %s, but is %s"
                        .formatted(
                            String.join(
                                ", ", Arrays.stream(DataFormat.values()).map(Keyword::of).toList()),
                            name)));
  }
}
