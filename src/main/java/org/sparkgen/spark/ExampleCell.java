package org.sparkgen.spark;

import java.util.Arrays;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Pixels;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;

/** A made example as a cell: a picture as PNG bytes, a row as floats. */
final class ExampleCell {
  private ExampleCell() {}

  /**
   * A cell.
   *
   * @param values of one example: of a picture in the model's range, of a row in its own units
   */
  static Object of(RunConfig config, float[] values) {
    return config.data().shape() instanceof ImageShape shape
        ? ofPixels(shape, Pixels.of(values, config.model().pixelRange()))
        : ofNumbers(values);
  }

  /** The PNG bytes of one picture's pixels, 0 to 255. */
  static byte[] ofPixels(ImageShape shape, byte[] pixels) {
    return ImageGrid.picture(Pictures.of(shape, pixels), 0).bytes();
  }

  /** Numbers as Spark has them in an array. */
  static Float[] ofNumbers(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }
}
