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
import org.sparkgen.data.LatentQuantizer;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Generator;
import org.sparkgen.model.OneHot;
import org.sparkgen.model.Trainable;
import org.sparkgen.report.Jpeg;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.Png;
import org.sparkgen.training.SampleChunks;

/**
 * What compression costs and spoils, of each image: {@code squaredError}, the sum over the squared
 * differences of its channel values, 0 to 255, after its code has been decoded; the bytes of a
 * {@code png}; and, for each quality in per cent, bytes and squared error as a {@code jpeg}.
 */
public final class CompressionFunction implements ExampleFunction {
  static final String ERROR = "squaredError";
  static final String PNG = "pngBytes";

  private static final long serialVersionUID = 1L;
  private static final int[] QUALITIES = {25, 75};

  private final LatentQuantizer quantizer;
  private final int[] qualities;

  /**
   * For a model of images that is an {@link Encoder} and a {@link Generator}.
   *
   * @param config of the run that trained it
   */
  public CompressionFunction(LatentQuantizer quantizer, RunConfig config) {
    this.quantizer = quantizer;
    this.qualities =
        Jpeg.supports((ImageShape) config.data().shape()) ? QUALITIES.clone() : new int[0];
  }

  /** The column with the bytes of JPEG files. */
  static String jpegBytes(int quality) {
    return "jpegBytes" + quality;
  }

  /** The column with their squared errors. */
  static String jpegError(int quality) {
    return "jpegSquaredError" + quality;
  }

  /** Qualities of JPEG files, in per cent; none for pictures that JPEG does not know. */
  int[] qualities() {
    return qualities;
  }

  @Override
  public List<StructField> columns() {
    List<StructField> columns = new ArrayList<>();
    columns.add(DataTypes.createStructField(ERROR, DataTypes.LongType, true));
    columns.add(DataTypes.createStructField(PNG, DataTypes.LongType, true));
    for (int quality : qualities) {
      columns.add(DataTypes.createStructField(jpegBytes(quality), DataTypes.LongType, true));
      columns.add(DataTypes.createStructField(jpegError(quality), DataTypes.LongType, true));
    }
    return columns;
  }

  @Override
  public boolean isGivenClasses() {
    return true;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    ImageShape shape = (ImageShape) config.data().shape();
    // Not the batch, whose pixels may have been drawn black or white.
    byte[] originals = block.pixels();
    byte[] copies =
        Pixels.of(
            decoded((Generator) model, coded(model, batch), block), config.model().pixelRange());
    List<Object[]> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      byte[] original = one(originals, i, shape);
      rows.add(row(original, PixelError.squared(original, one(copies, i, shape)), shape));
    }
    return rows;
  }

  private Object[] row(byte[] original, long error, ImageShape shape) {
    Pictures picture = Pictures.of(shape, original);
    List<Object> row = new ArrayList<>();
    row.add(error);
    row.add((long) Png.encode(picture, 0, Png.Effort.SMALL).bytes().length);
    for (int quality : qualities) {
      Jpeg jpeg = Jpeg.encode(picture, quality);
      row.add((long) jpeg.bytes().length);
      row.add(PixelError.squared(original, jpeg.pixels(shape)));
    }
    return row.toArray();
  }

  private float[] coded(Trainable model, Batch batch) {
    float[] latents = ((Encoder) model).encode(batch).means();
    float[] coded = new float[latents.length];
    int size = quantizer.size();
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(quantizer.vector(quantizer.code(latents, i)), 0, coded, i * size, size);
    }
    return coded;
  }

  private static float[] decoded(Generator generator, float[] latents, ExampleBlock block) {
    int[] labels = block.labels();
    return SampleChunks.generate(
        generator,
        OneHot.append(latents, generator.latentSize(), generator.classes(), i -> labels[i]));
  }

  private static byte[] one(byte[] images, int image, ImageShape shape) {
    return Arrays.copyOfRange(images, image * shape.size(), (image + 1) * shape.size());
  }
}
