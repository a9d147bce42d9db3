package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
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
 * What the model makes of each example as a cell that it could read again: the column {@code
 * reconstruction}, of images as Spark's image struct, of rows as an ML vector in the units of the
 * raw rows.
 */
public final class ReconstructionCells implements ExampleFunction {
  private static final long serialVersionUID = 1L;
  private static final String RECONSTRUCTION = "reconstruction";

  /**
   * OpenCV's number of the type of one byte a channel, for one channel, and what each more adds.
   */
  private static final int OPENCV_BYTES = 0;

  private static final int OPENCV_CHANNEL = 8;

  private final boolean images;
  private final FeatureScaling scaling;

  /**
   * For a model that is a {@link Reconstructor}.
   *
   * @param config of the run that trained it
   * @param scaling that its examples were scaled by
   */
  public ReconstructionCells(RunConfig config, FeatureScaling scaling) {
    this.images = config.data().shape() instanceof ImageShape;
    this.scaling = scaling;
  }

  @Override
  public List<StructField> columns() {
    DataType type = images ? ImageSchema.columnSchema() : SQLDataTypes.VectorType();
    return List.of(DataTypes.createStructField(RECONSTRUCTION, type, true));
  }

  @Override
  public boolean isGivenClasses() {
    return true;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    float[] values = Reconstruction.of(model, batch).copies();
    List<Object[]> rows = new ArrayList<>(batch.size());
    if (config.data().shape() instanceof ImageShape shape) {
      byte[] pixels = Pixels.of(values, config.model().pixelRange());
      for (int i = 0; i < batch.size(); i++) {
        rows.add(new Object[] {image(pixels, i * shape.size(), shape)});
      }
    } else {
      float[] raw = scaling.invert(values);
      int size = raw.length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        double[] numbers = new double[size];
        int from = i * size;
        Arrays.setAll(numbers, j -> raw[from + j]);
        rows.add(new Object[] {Vectors.dense(numbers)});
      }
    }
    return rows;
  }

  /** Spark's image struct of one of the packed images (C,H,W). */
  private static Row image(byte[] pixels, int from, ImageShape shape) {
    int channels = shape.channels();
    int plane = shape.height() * shape.width();
    byte[] interleaved = new byte[shape.size()];
    for (int c = 0; c < channels; c++) {
      // Blue, green, red, and then alpha.
      int to = channels > 1 && c < 3 ? 2 - c : c;
      for (int i = 0; i < plane; i++) {
        interleaved[i * channels + to] = pixels[from + c * plane + i];
      }
    }
    int type = OPENCV_BYTES + OPENCV_CHANNEL * (channels - 1);
    return RowFactory.create("", shape.height(), shape.width(), channels, type, interleaved);
  }
}
