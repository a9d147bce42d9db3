package org.sparkgen.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** What a column of a table may hold as examples. */
public enum CellKind {
  /** Encoded pictures: the bytes of a PNG, JPEG, GIF or BMP file. */
  ENCODED,
  /** Spark's image struct. */
  IMAGE,
  /** Spark ML's vectors. */
  VECTOR,
  /** Arrays of numbers. */
  NUMBERS;

  /** What a message says of all of them. */
  public static final String ALL =
      "encoded images (binary), Spark's image struct, ML vectors or arrays of numbers";

  /** The kind of a column; empty if it can't hold examples. */
  public static Optional<CellKind> of(DataType type) {
    if (type instanceof BinaryType) {
      return Optional.of(ENCODED);
    }
    if (type instanceof StructType struct && isImage(struct)) {
      return Optional.of(IMAGE);
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      return Optional.of(VECTOR);
    }
    return type instanceof ArrayType array && array.elementType() instanceof NumericType
        ? Optional.of(NUMBERS)
        : Optional.empty();
  }

  private static boolean isImage(StructType struct) {
    List<String> fields = List.of(struct.fieldNames());
    return fields.containsAll(List.of("height", "width", "nChannels", "data"));
  }

  /** Whether examples of this kind are images; the others are rows of numbers. */
  public boolean images() {
    return switch (this) {
      case ENCODED, IMAGE -> true;
      case VECTOR, NUMBERS -> false;
    };
  }
}
