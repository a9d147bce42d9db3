package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.model.Trainable;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;

/**
 * Reconstructions through the latent mean: {@code image} as PNG bytes and {@code psnr}, the peak
 * signal-to-noise ratio in decibels, infinite for an equal picture; of numeric rows {@code
 * features} as they were before scaling. {@code squaredError} is the mean squared difference of the
 * numbers that the model sees.
 */
public final class ReconstructFunction implements ExampleFunction {
  private static final long serialVersionUID = 1L;
  private static final double PEAK = 255;
  private static final int DECIBELS = 10;

  private final boolean images;
  private final FeatureScaling scaling;

  /**
   * For a model that is a {@link Reconstructor}.
   *
   * @param config of the run that trained it
   * @param scaling of its numeric rows, which is undone
   */
  public ReconstructFunction(RunConfig config, FeatureScaling scaling) {
    this.images = config.data().shape() instanceof ImageShape;
    this.scaling = scaling;
  }

  @Override
  public List<StructField> columns() {
    StructField error = DataTypes.createStructField("squaredError", DataTypes.DoubleType, true);
    return images
        ? List.of(
            DataTypes.createStructField("image", DataTypes.BinaryType, true),
            error,
            DataTypes.createStructField("psnr", DataTypes.DoubleType, true))
        : List.of(
            DataTypes.createStructField(
                "features", DataTypes.createArrayType(DataTypes.FloatType), true),
            error);
  }

  @Override
  public boolean isGivenClasses() {
    return true;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    Reconstruction reconstruction = Reconstruction.of(model, batch);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      rows.add(images ? picture(config, reconstruction, i) : numbers(reconstruction, i));
    }
    return rows;
  }

  private static Object[] picture(RunConfig config, Reconstruction reconstruction, int example) {
    byte[] original = Pixels.of(reconstruction.original(example), config.model().pixelRange());
    byte[] copy = Pixels.of(reconstruction.copy(example), config.model().pixelRange());
    Pictures one = Pictures.of((ImageShape) config.data().shape(), copy);
    return new Object[] {
      ImageGrid.picture(one, 0).bytes(),
      reconstruction.squaredError(example),
      DECIBELS * Math.log10(PEAK * PEAK / squaredError(original, copy))
    };
  }

  private Object[] numbers(Reconstruction reconstruction, int example) {
    float[] raw = scaling.invert(reconstruction.copy(example));
    Float[] boxed = new Float[raw.length];
    Arrays.setAll(boxed, i -> raw[i]);
    return new Object[] {boxed, reconstruction.squaredError(example)};
  }

  private static double squaredError(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (a[i] & 0xFF) - (b[i] & 0xFF);
      sum += difference * difference;
    }
    return sum / a.length;
  }
}
