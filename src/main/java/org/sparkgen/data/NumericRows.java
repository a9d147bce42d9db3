package org.sparkgen.data;

import java.io.Serializable;

/** Checks numeric rows: every one has the configured number of finite numbers. */
public final class NumericRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int features;

  /** Rows of {@code features} numbers. */
  public NumericRows(int features) {
    this.features = features;
  }

  /** Numbers per row. */
  public int features() {
    return features;
  }

  /**
   * A row as floats.
   *
   * @throws UnreadableExampleException if there are more or fewer numbers than configured, or one
   *     is not finite as a float
   */
  public float[] checked(double[] numbers) throws UnreadableExampleException {
    if (numbers.length != features) {
      throw new UnreadableExampleException(
          "the row has %,d numbers, but data.features.count is %,d"
              .formatted(numbers.length, features));
    }
    float[] row = new float[features];
    for (int f = 0; f < features; f++) {
      row[f] = (float) numbers[f];
      if (!Float.isFinite(row[f])) {
        throw new UnreadableExampleException(
            "number %,d of the row is %s, which is no finite float".formatted(f + 1, numbers[f]));
      }
    }
    return row;
  }

  /**
   * A number from text.
   *
   * @param what the name of the text's place, for the message
   */
  static double parse(String text, String what) throws UnreadableExampleException {
    String number = text.strip();
    try {
      // Java reads "1d" and "1f" as numbers, nobody else does.
      if (!number.isEmpty() && "dDfF".indexOf(number.charAt(number.length() - 1)) >= 0) {
        throw new NumberFormatException("type suffix");
      }
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new UnreadableExampleException(
          "%s is %s, not a number".formatted(what, number.isEmpty() ? "empty" : quoted(text)), e);
    }
  }

  /** A class number from text: an integer that is not negative. */
  static int parseLabel(String text, String what) throws UnreadableExampleException {
    return label(parse(text, what), what);
  }

  /**
   * A class number.
   *
   * @throws UnreadableExampleException if it is negative, not an integer, or too large
   */
  public static int label(double number, String what) throws UnreadableExampleException {
    if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw new UnreadableExampleException(
          "%s is %s, but a label is an integer from 0".formatted(what, number));
    }
    return (int) number;
  }

  private static String quoted(String text) {
    int most = 40;
    return "'" + (text.length() > most ? text.substring(0, most) + "..." : text) + "'";
  }
}
