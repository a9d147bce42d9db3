package org.sparkgen.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.data.LatentQuantizer;
import org.sparkgen.data.Outcome;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;
import scala.collection.JavaConverters;

/** Fuzz targets: cells of tables, whatever their columns hold. */
public final class CellFuzz {
  private static final StructType IMAGE =
      (StructType) ImageSchema.imageSchema().apply("image").dataType();

  private static final LatentQuantizer QUANTIZER =
      LatentQuantizer.of(new double[] {-1, 0}, new double[] {1, 9}, new double[] {0.1, 2});

  private CellFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    DataConfig images = Configurations.pictures(2, 2, "table");
    DataConfig rows = Configurations.rows(2, "table");
    CellDecoder image = CellDecoder.of(CellKind.IMAGE, images, Optional.of("label"));
    CellDecoder vector = CellDecoder.of(CellKind.VECTOR, rows, Optional.of("label"));
    CellDecoder numbers = CellDecoder.of(CellKind.NUMBERS, rows, Optional.of("label"));
    List<byte[]> seeds = List.of(imageSeed(1), imageSeed(3), imageSeed(4), new byte[80]);
    List<byte[]> pairs = List.of(numbers(1, 2, 3), numbers(1, 2, Double.NaN), numbers(1, 2));
    return List.of(
        FuzzTarget.of("image-cell", seeds, input -> verdict(image, image(input), label(input))),
        FuzzTarget.of(
            "vector-cell",
            pairs,
            input -> verdict(vector, Vectors.dense(doubles(input)), label(input))),
        FuzzTarget.of("numbers-cell", pairs, input -> verdict(numbers, boxed(input), label(input))),
        FuzzTarget.of("code-cell", List.of(new byte[1], new byte[2]), CellFuzz::code));
  }

  private static byte[] imageSeed(int channels) {
    return ByteBuffer.allocate(8 + 12 + 4 * channels)
        .putDouble(3)
        .putInt(2)
        .putInt(2)
        .putInt(channels)
        .array();
  }

  private static byte[] numbers(double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length);
    Arrays.stream(numbers).forEach(bytes::putDouble);
    return bytes.array();
  }

  /** The first eight bytes. */
  private static Object label(byte[] input) {
    return input.length < 8 ? null : ByteBuffer.wrap(input).getDouble();
  }

  /** Height, width and channels behind the label, and the rest as pixels. */
  private static Row image(byte[] input) {
    if (input.length < 20) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(input).position(8);
    Object[] fields = {"x", bytes.getInt(), bytes.getInt(), bytes.getInt(), 16, null};
    fields[5] =
        fields[1].equals(fields[2]) || input.length % 8 != 0
            ? Arrays.copyOfRange(input, 20, input.length)
            : null;
    return new GenericRowWithSchema(fields, IMAGE);
  }

  private static double[] doubles(byte[] input) {
    ByteBuffer bytes = ByteBuffer.wrap(input);
    double[] numbers = new double[Math.max(0, input.length / 8 - 1)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bytes.getDouble(8 + 8 * i);
    }
    return numbers;
  }

  /** As an array column has them; where a number is -1, it is null. */
  private static Object boxed(byte[] input) {
    List<Double> numbers = new ArrayList<>();
    for (double number : doubles(input)) {
      numbers.add(number == -1 ? null : (Double) number);
    }
    return JavaConverters.asScalaBuffer(numbers).toSeq();
  }

  private static Verdict verdict(CellDecoder decoder, Object cell, Object label) {
    Outcome outcome = decoder.decode(cell, label, "table", 0);
    boolean read = outcome.pixels() != null || outcome.values() != null;
    if (read == outcome.reject().isPresent()) {
      throw new IllegalStateException("neither read nor rejected, or both");
    }
    return read ? Verdict.READ : Verdict.REFUSED;
  }

  private static Verdict code(byte[] input) {
    StructType schema = new StructType().add(CodeFunction.CODE, "binary");
    Row row = new GenericRowWithSchema(new Object[] {input}, schema);
    try {
      return LatentCells.codes(QUANTIZER).vector(row).isPresent() ? Verdict.READ : Verdict.REFUSED;
    } catch (JobException e) {
      return Verdict.REFUSED;
    }
  }
}
