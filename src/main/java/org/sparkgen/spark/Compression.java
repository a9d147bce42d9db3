package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.LatentQuantizer;
import org.sparkgen.report.CompressionRecord;
import org.sparkgen.report.CompressionRecord.Method;

/** How images are compressed by a trained model, and how well. */
public final class Compression {
  private static final int LEVELS = 8;
  private static final String IMAGES = "images";

  private Compression() {}

  /**
   * Levels for latent vectors, from the lowest to the highest number in each dimension.
   *
   * @param step their distance: in units of the prior's standard deviation where there is a prior,
   *     and otherwise of an eighth of the dimension's range
   * @throws JobException INPUT if no example can be used; USAGE if the step is too small
   */
  public static LatentQuantizer levels(
      ModelTable table, ExampleChunks examples, Scale scale, double step) {
    // Summaries of nothing fail.
    examples.first(1);
    Row row =
        ClusterFailure.explained(
            "finding the range of latent vectors",
            () ->
                table
                    .rowsOf(examples, EncodeFunction.forDecoder())
                    .select(
                        Summarizer.metrics("min", "max")
                            .summary(functions.col(EncodeFunction.LATENT)))
                    .first()
                    .getStruct(0));
    double[] lowest = row.<Vector>getAs("min").toArray();
    double[] highest = row.<Vector>getAs("max").toArray();
    double[] steps = new double[lowest.length];
    for (int i = 0; i < steps.length; i++) {
      double unit =
          switch (scale) {
            case PRIOR -> 1;
            case RANGE -> Math.max((highest[i] - lowest[i]) / LEVELS, Float.MIN_NORMAL);
          };
      steps[i] = step * unit;
    }
    try {
      return LatentQuantizer.of(lowest, highest, steps);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          ExitCode.USAGE, "--step %s is too small: %s".formatted(step, e.getMessage()), e);
    }
  }

  /** What steps are relative to. */
  public enum Scale {
    /** The standard deviation of the prior, 1. */
    PRIOR,
    /** An eighth of what a dimension ranges over. */
    RANGE
  }

  /** How many bits the ways to store the images take, and what they lose. */
  public static CompressionRecord compare(
      ModelTable table,
      ExampleChunks examples,
      LatentQuantizer quantizer,
      RunConfig config,
      String weightsSha256) {
    CompressionFunction function = new CompressionFunction(quantizer, config);
    List<Column> sums = new ArrayList<>();
    for (StructField field : function.columns()) {
      sums.add(functions.sum(field.name()).as(field.name()));
    }
    Row sum =
        ClusterFailure.explained(
            "comparing with other formats",
            () ->
                table
                    .rowsOf(examples, function)
                    .agg(functions.count(functions.lit(1)).as(IMAGES), sums.toArray(new Column[0]))
                    .first());
    long images = sum.<Long>getAs(IMAGES);
    List<Method> methods = new ArrayList<>();
    if (images > 0) {
      ImageShape shape = (ImageShape) config.data().shape();
      long codes = images * ((quantizer.bits() + Byte.SIZE - 1) / Byte.SIZE);
      methods.add(method("this model", codes, sum.getAs(CompressionFunction.ERROR), images, shape));
      methods.add(method("PNG", sum.getAs(CompressionFunction.PNG), 0, images, shape));
      for (int quality : function.qualities()) {
        long bytes = sum.getAs(CompressionFunction.jpegBytes(quality));
        long error = sum.getAs(CompressionFunction.jpegError(quality));
        methods.add(method("JPEG, quality " + quality, bytes, error, images, shape));
      }
    }
    return new CompressionRecord(weightsSha256, quantizer, images, methods);
  }

  private static Method method(
      String name, long bytes, long squaredError, long images, ImageShape shape) {
    double pixels = (double) images * shape.height() * shape.width();
    return new Method(
        name, bytes * Byte.SIZE / pixels, PixelError.psnr(squaredError, pixels * shape.channels()));
  }
}
