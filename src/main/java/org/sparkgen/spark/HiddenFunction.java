package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.Features;
import org.sparkgen.model.HiddenLayer;
import org.sparkgen.model.Trainable;

/** A network's last hidden layer, a {@code float[]}, and the digest of the example's content. */
final class HiddenFunction implements ExampleFunction {
  private static final long serialVersionUID = 1L;

  private final AnomalyScore layer;

  /** The layer that a score compares examples in. */
  HiddenFunction(AnomalyScore layer) {
    this.layer = layer;
  }

  @Override
  public List<StructField> columns() {
    return List.of(
        DataTypes.createStructField(
            "features", DataTypes.createArrayType(DataTypes.FloatType, false), true),
        DataTypes.createStructField("digest", DataTypes.LongType, true));
  }

  @Override
  public boolean isGivenClasses() {
    return false;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    Features features = HiddenLayer.of(model, layer).orElseThrow().look(batch);
    int size = features.size();
    long[] digests = block.contentDigests();
    List<Object[]> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      float[] values = Arrays.copyOfRange(features.values(), i * size, (i + 1) * size);
      rows.add(new Object[] {values, digests[i]});
    }
    return rows;
  }
}
