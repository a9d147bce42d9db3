package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.LatentQuantizer;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Trainable;

/** Latent vectors, or the means of their distributions, in few bits: {@code code}. */
public final class CodeFunction implements ExampleFunction {
  /** The column of codes. */
  static final String CODE = "code";

  private static final long serialVersionUID = 1L;

  private final LatentQuantizer quantizer;

  /** For a model that is an {@link Encoder}. */
  public CodeFunction(LatentQuantizer quantizer) {
    this.quantizer = quantizer;
  }

  @Override
  public List<StructField> columns() {
    return List.of(DataTypes.createStructField(CODE, DataTypes.BinaryType, true));
  }

  @Override
  public boolean isGivenClasses() {
    // The decoder will be, and should not fail when the examples are gone.
    return true;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    float[] latents = ((Encoder) model).encode(batch).means();
    List<Object[]> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      rows.add(new Object[] {quantizer.code(latents, i)});
    }
    return rows;
  }
}
