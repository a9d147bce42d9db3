package org.sparkgen.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.AddedColumns;
import org.sparkgen.job.ColumnsRequest;
import org.sparkgen.spark.CellKind;
import org.sparkgen.spark.TableInput;
import org.sparkgen.spark.UnreadableRows;

/** What params say of a table's columns, checked against its schema. */
final class Columns {
  private static final List<String> WHOLE = List.of("byte", "short", "integer", "long");

  private final SharedParams<?> params;
  private final StructType schema;

  Columns(SharedParams<?> params, StructType schema) {
    this.params = params;
    this.schema = schema;
  }

  /**
   * The kind of the examples.
   *
   * @throws JobException USAGE if there is no column of examples
   */
  CellKind kind() {
    String name =
        params
            .value(params.inputCol())
            .orElseThrow(
                () -> wrong("inputCol is not set: name the column of examples, one of " + all()));
    DataType type = type(params.inputCol(), name);
    return CellKind.of(type)
        .orElseThrow(
            () ->
                wrong(
                    "inputCol = %s has the type %s, but examples are %s"
                        .formatted(name, type.simpleString(), CellKind.ALL)));
  }

  /** The column of ids, if it is set. */
  Optional<String> ids() {
    Optional<String> name = params.value(params.idCol());
    name.ifPresent(
        column -> {
          DataType type = type(params.idCol(), column);
          require(
              type instanceof StringType || WHOLE.contains(type.typeName()),
              "idCol = %s has the type %s, but ids are texts or whole numbers"
                  .formatted(column, type.simpleString()));
        });
    return name;
  }

  /** The column of labels, if it is set. */
  Optional<String> labels() {
    Optional<String> name = params.value(params.labelCol());
    name.ifPresent(
        column -> {
          DataType type = type(params.labelCol(), column);
          require(
              type instanceof NumericType,
              "labelCol = %s has the type %s, but labels are numbers from 0; StringIndexer makes them of texts"
                  .formatted(column, type.simpleString()));
        });
    return name;
  }

  /** Checks the column that says which rows are held out, if there is one. */
  void heldOut(Param<String> param) {
    params
        .value(param)
        .ifPresent(
            column -> {
              DataType type = type(param, column);
              require(
                  type instanceof BooleanType,
                  "%s = %s has the type %s, but true and false are needed"
                      .formatted(param.name(), column, type.simpleString()));
            });
  }

  private DataType type(Param<String> param, String column) {
    require(
        List.of(schema.fieldNames()).contains(column),
        "%s = %s: there is no such column; there are %s".formatted(param.name(), column, all()));
    return schema.apply(column).dataType();
  }

  private String all() {
    return String.join(", ", schema.fieldNames());
  }

  /** The schema with the columns that a model of this configuration adds. */
  StructType with(RunConfig config) {
    StructType wider = schema;
    for (StructField field : new AddedColumns(config, request()).fields()) {
      require(
          !List.of(wider.fieldNames()).contains(field.name()),
          "the table already has a column %s: give what is added another name, by latentCol, reconstructionCol or scoreCol"
              .formatted(field.name()));
      wider = wider.add(field);
    }
    return wider;
  }

  /**
   * Where a model of this configuration finds its examples.
   *
   * @throws JobException USAGE if the column of examples isn't what it was trained on, or labels
   *     are missing
   */
  TableInput input(RunConfig config) {
    boolean images = config.data().shape() instanceof ImageShape;
    require(
        kind().images() == images,
        "inputCol = %s holds %s, but the model was trained on %s"
            .formatted(
                params.getInputCol(),
                images ? "rows of numbers" : "images",
                images ? "images" : "rows of numbers"));
    boolean told = new AddedColumns(config, request()).needLabels();
    Optional<String> labels = told ? labels() : Optional.empty();
    require(
        !told || labels.isPresent(),
        "labelCol is not set: a model with model.classes = %d has to be told each row's class to reconstruct or score it"
            .formatted(config.model().classes()));
    return new TableInput(
        params.getInputCol(),
        labels,
        ids(),
        constant(UnreadableRows.values(), params.getHandleInvalid()));
  }

  /** The columns that are to be added. */
  ColumnsRequest request() {
    return new ColumnsRequest(
        params.value(params.latentCol()),
        params.value(params.reconstructionCol()),
        params.value(params.scoreCol()),
        params.value(params.score()).map(name -> constant(AnomalyScore.values(), name)),
        params.getScoreSamples());
  }

  private static <E extends Enum<E>> E constant(E[] values, String word) {
    return Arrays.stream(values)
        .filter(value -> Keyword.of(value).equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw wrong(message);
    }
  }

  private static JobException wrong(String message) {
    return new JobException(ExitCode.USAGE, message);
  }
}
