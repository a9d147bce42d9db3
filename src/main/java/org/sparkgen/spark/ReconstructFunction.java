package org.sparkgen.spark;

import java.util.ArrayList;
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

/**
 * Reconstructions through the latent mean: {@code image} as PNG bytes and {@code psnr}, the peak
 * signal-to-noise ratio in decibels, infinite for an equal picture; of numeric rows {@code
 * features} as they were before scaling. {@code squaredError} is the mean squared difference of the
 * numbers that the model sees.
 */
public final class ReconstructFunction implements ExampleFunction {
  private static final long serialVersionUID = 1L;

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
    return new Object[] {
      ExampleCell.ofPixels((ImageShape) config.data().shape(), copy),
      reconstruction.squaredError(example),
      PixelError.psnr(PixelError.squared(original, copy), copy.length)
    };
  }

  private Object[] numbers(Reconstruction reconstruction, int example) {
    float[] raw = scaling.invert(reconstruction.copy(example));
    return new Object[] {ExampleCell.ofNumbers(raw), reconstruction.squaredError(example)};
  }
}
