package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.sparkgen.config.DataConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.ImageDecoder;
import org.sparkgen.data.NumericRows;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;
import org.sparkgen.data.UnreadableExampleException;

/** Turns cells of a table into examples. */
final class CellDecoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Content content;
  private final String labelColumn;

  private CellDecoder(Content content, String labelColumn) {
    this.content = content;
    this.labelColumn = labelColumn;
  }

  /**
   * A decoder of cells of a kind.
   *
   * @param data shape of the examples
   * @param labelColumn the name of the column of labels, if they are wanted
   */
  static CellDecoder of(CellKind kind, DataConfig data, Optional<String> labelColumn) {
    return new CellDecoder(content(kind, data), labelColumn.orElse(null));
  }

  private static Content content(CellKind kind, DataConfig data) {
    return switch (kind) {
      case ENCODED -> encoded(ExampleSource.conversion(data));
      case IMAGE -> image(ExampleSource.conversion(data));
      case VECTOR -> vector(ExampleSource.rows(data));
      case NUMBERS -> numbers(ExampleSource.rows(data));
    };
  }

  private static Content encoded(ImageConversion conversion) {
    return (index, label, cell) ->
        Outcome.image(index, label, ImageDecoder.decode((byte[]) cell, conversion));
  }

  private static Content image(ImageConversion conversion) {
    return (index, label, cell) -> Outcome.image(index, label, pixels((Row) cell, conversion));
  }

  private static Content vector(NumericRows rows) {
    return (index, label, cell) ->
        Outcome.row(index, label, rows.checked(((Vector) cell).toArray()));
  }

  private static Content numbers(NumericRows rows) {
    return (index, label, cell) -> Outcome.row(index, label, rows.checked(elements(cell)));
  }

  /**
   * The example in a cell, or the reason why there is none.
   *
   * @param cell of the decoder's kind, or null
   * @param label a number, or null; looked at only where labels are wanted
   * @param file and {@code index}: the place of a reject
   */
  Outcome decode(Object cell, Object label, String file, long index) {
    try {
      if (cell == null) {
        throw new UnreadableExampleException("the column is null");
      }
      return content.decode(index, label(label), cell);
    } catch (UnreadableExampleException e) {
      return Outcome.rejected(Reject.one(file, index, e.getMessage()));
    }
  }

  private int label(Object label) throws UnreadableExampleException {
    if (labelColumn == null) {
      return ExampleBlock.NO_LABEL;
    }
    if (label == null) {
      throw new UnreadableExampleException("the label column '%s' is null".formatted(labelColumn));
    }
    return NumericRows.label(
        ((Number) label).doubleValue(), "the label column '%s'".formatted(labelColumn));
  }

  private static byte[] pixels(Row image, ImageConversion conversion)
      throws UnreadableExampleException {
    boolean complete =
        Stream.of("height", "width", "nChannels", "data")
            .noneMatch(field -> image.isNullAt(image.fieldIndex(field)));
    if (!complete) {
      throw new UnreadableExampleException("a field of the image struct is null");
    }
    return conversion.ofInterleaved(
        image.getAs("data"),
        image.<Integer>getAs("nChannels"),
        image.<Integer>getAs("height"),
        image.<Integer>getAs("width"));
  }

  private static double[] elements(Object cell) throws UnreadableExampleException {
    scala.collection.Seq<?> sequence = (scala.collection.Seq<?>) cell;
    double[] numbers = new double[sequence.length()];
    scala.collection.Iterator<?> elements = sequence.iterator();
    for (int i = 0; i < numbers.length; i++) {
      if (!(elements.next() instanceof Number number)) {
        throw new UnreadableExampleException("number %,d of the row is null".formatted(i + 1));
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  /** Turns a cell that is not null into an accepted example. */
  private interface Content extends Serializable {
    Outcome decode(long index, int label, Object cell) throws UnreadableExampleException;
  }
}
