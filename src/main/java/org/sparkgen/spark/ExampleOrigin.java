package org.sparkgen.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sparkgen.config.DataConfig;
import org.sparkgen.data.LabelledNames;

/**
 * Where a run's examples come from: the files that its configuration names, or a Dataset's rows.
 */
public final class ExampleOrigin {
  /** What stands in a configuration in the place of the path of files. */
  public static final String DATA_FRAME = "DataFrame";

  private final Optional<Rows> rows;

  private ExampleOrigin(Optional<Rows> rows) {
    this.rows = rows;
  }

  /** The files at {@code data.path}, and at {@code data.heldOut.path}. */
  public static ExampleOrigin files() {
    return new ExampleOrigin(Optional.empty());
  }

  /**
   * Rows; {@code data.column} and {@code data.labelColumn} name columns of theirs.
   *
   * @param idColumn texts or whole numbers, a different one in each row; without it an example is
   *     known by its content
   * @param heldOutColumn true in the rows that are held out; without it none is
   */
  public static ExampleOrigin rows(
      Dataset<Row> table, Optional<String> idColumn, Optional<String> heldOutColumn) {
    return new ExampleOrigin(Optional.of(new Rows(table, idColumn, heldOutColumn)));
  }

  /** Whether a later job finds the same examples by the configuration alone. */
  public boolean inFiles() {
    return rows.isEmpty();
  }

  /** The source of the examples of a path; nothing but a listing is read yet. */
  ExampleSource source(
      SparkSession session, DataConfig data, String key, UnaryOperator<LabelledNames> naming) {
    return rows.isPresent()
        ? rows.get().source(data, key)
        : ExampleSource.of(session, data, key, naming);
  }

  /** A table and what its columns mean. */
  private record Rows(
      Dataset<Row> table, Optional<String> idColumn, Optional<String> heldOutColumn) {
    ExampleSource source(DataConfig data, String key) {
      Dataset<Row> part = heldOutColumn.map(name -> part(name, key)).orElse(table);
      LabelledNames numbered = LabelledNames.inOrder(List.of());
      return ExampleSource.of(data, key, numbered, new ExampleRows(part, idColumn).outcomes(data));
    }

    private Dataset<Row> part(String column, String key) {
      Column heldOut = functions.coalesce(ExampleTable.column(column), functions.lit(false));
      return table.filter(
          key.equals(ExampleShards.HELD_OUT_KEY) ? heldOut : functions.not(heldOut));
    }
  }
}
