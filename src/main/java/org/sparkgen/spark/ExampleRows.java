package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sparkgen.config.DataConfig;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;

/**
 * Reads the rows of a Dataset.
 *
 * <p>An example's number is that of its content, or of its id: a text is the name of a file of
 * which it is the only example, a whole number its index in one file of all rows. So neither the
 * order of the rows nor their partitions have any influence.
 */
final class ExampleRows {
  private final Dataset<Row> rows;
  private final Optional<String> idColumn;

  ExampleRows(Dataset<Row> rows, Optional<String> idColumn) {
    this.rows = rows;
    this.idColumn = idColumn;
  }

  /** Every row; nothing is read yet. */
  JavaRDD<NamedOutcome> outcomes(DataConfig data) {
    CellKind kind = CellKind.of(rows.schema().apply(data.column()).dataType()).orElseThrow();
    RowReader reader =
        new RowReader(CellDecoder.of(kind, data, data.labelColumn()), idColumn.isPresent());
    Column nothing = functions.lit(null);
    return rows.select(
            ExampleTable.column(data.column()),
            data.labelColumn().map(ExampleTable::column).orElse(nothing),
            idColumn.map(ExampleTable::column).orElse(nothing))
        .toJavaRDD()
        .mapPartitionsWithIndex(
            (partition, part) -> {
              String place = "partition " + partition;
              long[] next = {0};
              return ExampleFiles.stream(part)
                  .map(row -> reader.read(row.get(0), row.get(1), row.get(2), place, next[0]++))
                  .iterator();
            },
            true);
  }

  /** Makes examples of rows, in tasks. */
  static final class RowReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final CellDecoder decoder;
    private final boolean byId;

    RowReader(CellDecoder decoder, boolean byId) {
      this.decoder = decoder;
      this.byId = byId;
    }

    /**
     * The example of a row.
     *
     * @param id a text or a whole number, if examples have ids
     * @param place and {@code index}: where the row is, for a reject without an id
     */
    NamedOutcome read(Object cell, Object label, Object id, String place, long index) {
      if (!byId) {
        Outcome outcome = decoder.decode(cell, label, place, index);
        return outcome.reject().isPresent()
            ? new NamedOutcome(place, outcome)
            : new NamedOutcome(place, outcome, ExampleIds.ofContent(outcome));
      }
      if (id instanceof String name) {
        return new NamedOutcome(name, decoder.decode(cell, label, name, 0));
      }
      if (id instanceof Number number) {
        String file = ExampleOrigin.DATA_FRAME;
        return new NamedOutcome(file, decoder.decode(cell, label, file, number.longValue()));
      }
      return new NamedOutcome(
          place, Outcome.rejected(Reject.one(place, index, "the column of ids is null")));
    }
  }
}
