package org.sparkgen.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.LatentQuantizer;

/** Reads latent vectors out of the cells of a column, in tasks. */
public final class LatentCells implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final int size;
  private final LatentQuantizer codes;

  private LatentCells(String column, int size, LatentQuantizer codes) {
    this.column = column;
    this.size = size;
    this.codes = codes;
  }

  /** Vectors of Spark ML, or arrays of numbers. */
  public static LatentCells vectors(String column, int size) {
    return new LatentCells(column, size, null);
  }

  /** Codes of {@link CodeFunction}. */
  public static LatentCells codes(LatentQuantizer quantizer) {
    return new LatentCells(CodeFunction.CODE, quantizer.size(), quantizer);
  }

  /** The column's name. */
  String column() {
    return column;
  }

  /**
   * Requires that the table has the column.
   *
   * @param source where the table comes from
   * @throws JobException INPUT if it is not there or holds something else
   */
  void check(Dataset<Row> table, String source) {
    if (!List.of(table.columns()).contains(column)) {
      throw new JobException(
          ExitCode.INPUT,
          "%s has no column '%s'; it has %s"
              .formatted(source, column, String.join(", ", table.columns())));
    }
    DataType type = table.schema().apply(column).dataType();
    boolean right =
        codes == null
            ? type.equals(SQLDataTypes.VectorType())
                || (type instanceof ArrayType array && array.elementType() instanceof NumericType)
            : type instanceof BinaryType;
    if (!right) {
      throw new JobException(
          ExitCode.INPUT,
          "%s: the column '%s' has the type %s, but should hold %s"
              .formatted(
                  source,
                  column,
                  type.simpleString(),
                  codes == null
                      ? "vectors of Spark ML, or arrays of numbers"
                      : "codes, as binary"));
    }
  }

  /**
   * The vector in a cell; none if it is null.
   *
   * @throws JobException INPUT if it does not fit the model
   */
  Optional<float[]> vector(Row row) {
    int at = row.fieldIndex(column);
    if (row.isNullAt(at)) {
      return Optional.empty();
    }
    float[] vector = codes == null ? numbers(row.get(at)) : decoded(row.getAs(at));
    if (vector.length != size) {
      throw new JobException(
          ExitCode.INPUT,
          "a latent vector of the model has %d numbers, but the column '%s' has one with %d"
              .formatted(size, column, vector.length));
    }
    for (float number : vector) {
      if (!Float.isFinite(number)) {
        throw new JobException(
            ExitCode.INPUT, "the column '%s' has a vector with %s in it".formatted(column, number));
      }
    }
    return Optional.of(vector);
  }

  private float[] decoded(byte[] code) {
    try {
      return codes.vector(code);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          ExitCode.INPUT, "the column '%s' is damaged: %s".formatted(column, e.getMessage()), e);
    }
  }

  private float[] numbers(Object cell) {
    double[] numbers =
        cell instanceof Vector vector
            ? vector.toArray()
            : scala.collection.JavaConverters.seqAsJavaList((scala.collection.Seq<?>) cell).stream()
                .mapToDouble(each -> each == null ? Double.NaN : ((Number) each).doubleValue())
                .toArray();
    float[] vector = new float[numbers.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) numbers[i];
    }
    return vector;
  }
}
