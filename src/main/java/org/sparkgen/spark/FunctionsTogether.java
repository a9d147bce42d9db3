package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.Trainable;

/** The first column of each of several functions. */
final class FunctionsTogether implements ExampleFunction {
  private static final long serialVersionUID = 1L;

  private final ExampleFunction[] functions;

  /** In the order of the columns. */
  FunctionsTogether(ExampleFunction[] functions) {
    this.functions = functions;
  }

  @Override
  public List<StructField> columns() {
    return Arrays.stream(functions).map(function -> function.columns().get(0)).toList();
  }

  @Override
  public boolean isGivenClasses() {
    return Arrays.stream(functions).anyMatch(ExampleFunction::isGivenClasses);
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    List<Object[]> rows = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      rows.add(new Object[functions.length]);
    }
    for (int column = 0; column < functions.length; column++) {
      List<Object[]> values = functions[column].apply(model, config, block, batch);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i)[column] = values.get(i)[0];
      }
    }
    return rows;
  }
}
