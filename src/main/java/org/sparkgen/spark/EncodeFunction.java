package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Encoding;
import org.sparkgen.model.Trainable;

/**
 * Latent vectors as Spark ML vectors: {@code latent}, the mean where the encoder gives a
 * distribution, and then {@code variance} too.
 */
public final class EncodeFunction implements ExampleFunction {
  /** The column of latent vectors. */
  public static final String LATENT = "latent";

  private static final long serialVersionUID = 1L;
  private static final String VARIANCE = "variance";

  private final boolean withVariances;
  private final boolean givenClasses;

  /** For a model that is an {@link Encoder}; with variances, to distributions. */
  public EncodeFunction(boolean withVariances) {
    this(withVariances, false);
  }

  private EncodeFunction(boolean withVariances, boolean givenClasses) {
    this.withVariances = withVariances;
    this.givenClasses = givenClasses;
  }

  /** Means for a decoder, which will have to be told each example's class. */
  static EncodeFunction forDecoder() {
    return new EncodeFunction(false, true);
  }

  @Override
  public List<StructField> columns() {
    StructField latent = DataTypes.createStructField(LATENT, SQLDataTypes.VectorType(), true);
    StructField variance = DataTypes.createStructField(VARIANCE, SQLDataTypes.VectorType(), true);
    return withVariances ? List.of(latent, variance) : List.of(latent);
  }

  @Override
  public boolean isGivenClasses() {
    return givenClasses;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    Encoding encoding = ((Encoder) model).encode(batch);
    List<Object[]> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Vector latent = vector(encoding.means(), i, encoding.size());
      rows.add(
          withVariances
              ? new Object[] {latent, vector(encoding.variances(), i, encoding.size())}
              : new Object[] {latent});
    }
    return rows;
  }

  private static Vector vector(float[] values, int row, int size) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, j -> values[row * size + j]);
    return Vectors.dense(numbers);
  }
}
