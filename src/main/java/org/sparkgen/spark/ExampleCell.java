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
    if (config.data().shape() instanceof ImageShape shape) {
      Pictures one = Pictures.of(shape, Pixels.of(values, config.model().pixelRange()));
      return ImageGrid.picture(one, 0).bytes();
    }
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }
}
