package org.sparkgen.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.model.SampleChoice;
import org.sparkgen.model.Sampler;
import org.sparkgen.training.SampleChunks;

/**
 * Makes rows of samples, in tasks: number, class number and name if there are classes, and picture
 * or numbers.
 *
 * <p>A final class around arrays because it travels through Spark.
 */
final class SampleRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] classNames;
  private final FeatureScaling scaling;
  private final int count;
  private final long seed;
  private final SampleChoice choice;

  SampleRows(Preprocessing preprocessing, SampleWriter.Drawing drawing) {
    this.classNames = preprocessing.classNames().toArray(new String[0]);
    this.scaling = preprocessing.scaling();
    this.count = drawing.count();
    this.seed = drawing.seed();
    this.choice = drawing.choice();
  }

  /** The samples of some chunks. */
  List<Row> of(Sampler model, RunConfig config, List<Integer> chunks) {
    List<Row> rows = new ArrayList<>();
    int size = config.data().shape().size();
    for (int chunk : chunks) {
      float[] values = scaling.invert(SampleChunks.values(model, seed, chunk, choice));
      for (int i = 0; i < SampleChunks.SIZE; i++) {
        long id = (long) chunk * SampleChunks.SIZE + i;
        if (id < count) {
          rows.add(row(id, config, Arrays.copyOfRange(values, i * size, (i + 1) * size)));
        }
      }
    }
    return rows;
  }

  private Row row(long id, RunConfig config, float[] values) {
    int classes = config.model().classes();
    if (classes == 0) {
      return RowFactory.create(id, ExampleCell.of(config, values));
    }
    int label = choice.classOf(id, classes);
    String name = label < classNames.length ? classNames[label] : null;
    return RowFactory.create(id, label, name, ExampleCell.of(config, values));
  }
}
