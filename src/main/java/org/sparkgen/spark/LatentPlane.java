package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.FeatureMoments;
import org.sparkgen.evaluation.FeatureRows;
import org.sparkgen.evaluation.PrincipalPlane;
import org.sparkgen.report.LatentMap;

/** A look at written latent vectors in the plane in which they vary most. */
public final class LatentPlane {
  /** More points than that hide each other. */
  private static final int POINTS = 5000;

  /** The covariance of more takes too long, and too much memory, for a picture. */
  private static final int MOST_DIMENSIONS = 1024;

  private LatentPlane() {}

  /**
   * A map of some of the vectors, which ones their files' names and their places in them decide.
   *
   * @param uri table that {@link EncodeFunction} has filled
   * @param classNames names of the classes in the order of their numbers
   * @return empty for fewer than two vectors
   */
  public static Optional<LatentMap> map(SparkSession session, String uri, List<String> classNames) {
    List<Row> rows =
        session
            .read()
            .parquet(uri)
            .where("error is null")
            .orderBy(functions.xxhash64(functions.col("file"), functions.col("index")))
            .limit(POINTS)
            .select(EncodeFunction.LATENT, "label")
            .collectAsList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int size = vector(rows.get(0)).length;
    float[] codes = new float[rows.size() * size];
    int[] labels = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      double[] vector = vector(rows.get(i));
      for (int j = 0; j < size; j++) {
        codes[i * size + j] = (float) vector[j];
      }
      labels[i] = rows.get(i).isNullAt(1) ? ExampleBlock.NO_LABEL : rows.get(i).getInt(1);
    }
    return map(new FeatureRows(codes, size), labels, classNames);
  }

  /**
   * A map of vectors.
   *
   * @param labels a class number per vector, or {@link ExampleBlock#NO_LABEL}
   * @param classNames names of the classes in the order of their numbers
   * @return empty for fewer than two vectors, and for vectors of more than 1,024 numbers
   */
  public static Optional<LatentMap> map(FeatureRows codes, int[] labels, List<String> classNames) {
    if (codes.count() < 2 || codes.dimensions() > MOST_DIMENSIONS) {
      return Optional.empty();
    }
    FeatureMoments moments = new FeatureMoments(codes.dimensions());
    moments.add(codes);
    PrincipalPlane plane = PrincipalPlane.of(moments);
    List<LatentMap.Point> points = new ArrayList<>();
    for (int i = 0; i < codes.count(); i++) {
      double[] vector = new double[codes.dimensions()];
      for (int j = 0; j < vector.length; j++) {
        vector[j] = codes.values()[i * vector.length + j];
      }
      points.add(
          new LatentMap.Point(plane.coordinate(0, vector), plane.coordinate(1, vector), labels[i]));
    }
    String title =
        String.format(
            Locale.ROOT,
            "%,d latent vectors in the plane of their two principal components, %.0f %% of the variance",
            codes.count(),
            100 * plane.share());
    return Optional.of(new LatentMap(points, classNames, title));
  }

  private static double[] vector(Row row) {
    return ((Vector) row.get(0)).toArray();
  }
}
