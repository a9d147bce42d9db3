package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sparkgen.evaluation.FeatureMoments;
import org.sparkgen.evaluation.FeatureRows;
import org.sparkgen.evaluation.PrincipalPlane;
import org.sparkgen.report.LatentMap;

/** A look at written latent vectors in the plane in which they vary most. */
public final class LatentPlane {
  /** More points than that hide each other. */
  private static final int POINTS = 5000;

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
    if (rows.size() < 2) {
      return Optional.empty();
    }
    PrincipalPlane plane = PrincipalPlane.of(moments(rows));
    List<LatentMap.Point> points = new ArrayList<>();
    for (Row row : rows) {
      double[] vector = vector(row);
      points.add(
          new LatentMap.Point(
              plane.coordinate(0, vector),
              plane.coordinate(1, vector),
              row.isNullAt(1) ? -1 : row.getInt(1)));
    }
    String title =
        "%,d latent vectors in the plane of their two principal components, %.0f %% of the variance"
            .formatted(rows.size(), 100 * plane.share());
    return Optional.of(new LatentMap(points, classNames, title));
  }

  private static FeatureMoments moments(List<Row> rows) {
    int size = vector(rows.get(0)).length;
    float[] all = new float[rows.size() * size];
    for (int i = 0; i < rows.size(); i++) {
      double[] vector = vector(rows.get(i));
      for (int j = 0; j < size; j++) {
        all[i * size + j] = (float) vector[j];
      }
    }
    FeatureMoments moments = new FeatureMoments(size);
    moments.add(new FeatureRows(all, size));
    return moments;
  }

  private static double[] vector(Row row) {
    return ((Vector) row.get(0)).toArray();
  }
}
