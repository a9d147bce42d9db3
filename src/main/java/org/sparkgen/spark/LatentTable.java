package org.sparkgen.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.model.Generator;
import org.sparkgen.model.OneHot;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageFailure;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.SampleChunks;

/**
 * A table of latent vectors of which a trained model makes examples: {@code image} as PNG bytes or
 * {@code features} in the units of the raw rows, in place of the vectors. What becomes of a vector
 * has the same bits whatever it is read together with.
 */
public final class LatentTable implements AutoCloseable {
  private static final String IMAGE = "image";
  private static final String FEATURES = "features";
  private static final String LABEL = "label";

  private final Dataset<Row> table;
  private final String source;
  private final LatentCells cells;
  private final RunConfig config;
  private final FeatureScaling scaling;
  private final ModelBroadcast model;

  /**
   * A Parquet table, of which only the schema is read yet.
   *
   * @param configuration effective configuration, as text, of the run that trained the model, which
   *     is a {@link Generator}
   * @param scaling that its rows were scaled by
   * @throws JobException INPUT if there is no such table, or not the column
   */
  public LatentTable(
      SparkSession session,
      String uri,
      LatentCells cells,
      String configuration,
      Snapshot snapshot,
      FeatureScaling scaling) {
    this.source = StorageFailure.mask(uri);
    this.table = read(session, uri);
    this.cells = cells;
    this.config = RunModels.parse(configuration);
    this.scaling = scaling;
    cells.check(table, source);
    if (config.model().classes() > 0 && !has(LABEL)) {
      throw new JobException(
          ExitCode.INPUT,
          "a conditional model draws a vector in its class, but %s has no column 'label'"
              .formatted(source));
    }
    this.model =
        new ModelBroadcast(
            JavaSparkContext.fromSparkContext(session.sparkContext()), configuration, snapshot);
  }

  private Dataset<Row> read(SparkSession session, String uri) {
    try {
      return session.read().parquet(uri);
    } catch (Exception e) {
      Optional<JobException> refused = StorageFailure.among("reading " + source, e);
      if (refused.isPresent()) {
        throw refused.get();
      }
      throw new JobException(
          ExitCode.INPUT,
          "%s is no Parquet table that can be read: %s".formatted(source, message(e)),
          e);
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage().lines().findFirst().orElse("");
  }

  private boolean has(String column) {
    return List.of(table.columns()).contains(column);
  }

  /**
   * Writes the table with examples in place of the vectors, as Parquet, replacing what is there.
   *
   * @param work what this is, for Spark's stages and for messages
   * @return how many rows have one
   */
  public long write(String uri, String work) {
    return run(
        work,
        uri,
        () -> {
          TableWriter.write(decoded(), uri);
          return table.sparkSession().read().parquet(uri).where(cell() + " is not null").count();
        });
  }

  /**
   * Writes a PNG file for each vector of a model of images, under the names of the examples' files.
   *
   * @param folder that is written
   * @return how many there are
   */
  public long files(String folder, String work) {
    if (!has("file") || !has("index")) {
      throw new JobException(
          ExitCode.INPUT, source + " has no columns 'file' and 'index' to name pictures by");
    }
    Map<String, String> settings =
        ExampleFiles.hadoopSettings(
            JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext()));
    return run(
        work,
        folder,
        () ->
            decoded()
                .select("file", "index", IMAGE)
                .where(IMAGE + " is not null")
                .toJavaRDD()
                .mapPartitions(
                    part -> {
                      Storage storage = Storage.open(settings);
                      return ExampleFiles.stream(part)
                          .map(row -> publish(storage, folder, row))
                          .iterator();
                    })
                .count());
  }

  private static String publish(Storage storage, String folder, Row row) {
    String name = PictureNames.of(row.getString(0), row.getLong(1));
    storage.publish(Storage.resolve(folder, name), row.<byte[]>getAs(2));
    return name;
  }

  private String cell() {
    return config.data().shape() instanceof ImageShape ? IMAGE : FEATURES;
  }

  private <T> T run(String work, String uri, java.util.function.Supplier<T> action) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    try (JobLabel label = new JobLabel(context)) {
      label.describe(work);
      return action.get();
    } catch (JobException e) {
      throw e;
    } catch (Exception e) {
      throw ClusterFailure.explain(work + " to " + StorageFailure.mask(uri), e);
    }
  }

  private Dataset<Row> decoded() {
    StructType schema = new StructType();
    List<String> kept = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (!field.name().equalsIgnoreCase(cells.column())
          && !field.name().equalsIgnoreCase(cell())) {
        kept.add(field.name());
        schema = schema.add(field);
      }
    }
    schema =
        config.data().shape() instanceof ImageShape
            ? schema.add(IMAGE, DataTypes.BinaryType)
            : schema.add(FEATURES, DataTypes.createArrayType(DataTypes.FloatType));
    Work work = new Work(model, cells, scaling, kept.toArray(new String[0]));
    return table.mapPartitions(work, Encoders.row(schema));
  }

  @Override
  public void close() {
    model.close();
  }

  /** What a task does. */
  private static final class Work implements MapPartitionsFunction<Row, Row>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Chunks that are decoded with the weights loaded once. */
    private static final int GROUP = 16;

    private final ModelBroadcast model;
    private final LatentCells cells;
    private final FeatureScaling scaling;
    private final String[] kept;

    Work(ModelBroadcast model, LatentCells cells, FeatureScaling scaling, String[] kept) {
      this.model = model;
      this.cells = cells;
      this.scaling = scaling;
      this.kept = kept;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      RunConfig config = model.config();
      return Groups.of(rows, SampleChunks.SIZE * GROUP)
          .flatMap(group -> model.use(m -> decoded((Generator) m, config, group)).stream())
          .iterator();
    }

    private List<Row> decoded(Generator generator, RunConfig config, List<Row> group) {
      List<Row> result = new ArrayList<>(group.size());
      for (int from = 0; from < group.size(); from += SampleChunks.SIZE) {
        List<Row> chunk = group.subList(from, Math.min(group.size(), from + SampleChunks.SIZE));
        float[] values = scaling.invert(SampleChunks.generate(generator, inputs(generator, chunk)));
        int size = config.data().shape().size();
        for (int i = 0; i < chunk.size(); i++) {
          float[] own = Arrays.copyOfRange(values, i * size, (i + 1) * size);
          result.add(row(chunk.get(i), ExampleCell.of(config, own)));
        }
      }
      return result;
    }

    /** Always of a full chunk: the rounding of a matrix product depends on how many rows it has. */
    private float[] inputs(Generator generator, List<Row> chunk) {
      int width = generator.latentSize();
      float[] latents = new float[SampleChunks.SIZE * width];
      int[] labels = new int[SampleChunks.SIZE];
      for (int i = 0; i < chunk.size(); i++) {
        Optional<float[]> vector = cells.vector(chunk.get(i));
        if (vector.isPresent()) {
          System.arraycopy(vector.get(), 0, latents, i * width, width);
          labels[i] = generator.classes() == 0 ? 0 : label(chunk.get(i), generator.classes());
        }
      }
      return OneHot.append(latents, width, generator.classes(), i -> labels[i]);
    }

    private static int label(Row row, int classes) {
      Object label = row.getAs(LABEL);
      if (!(label instanceof Number number)
          || number.longValue() < 0
          || number.longValue() >= classes) {
        throw new JobException(
            ExitCode.INPUT,
            "a conditional model draws a vector in its class, 0 to %d, but the column 'label' has %s"
                .formatted(classes - 1, label));
      }
      return number.intValue();
    }

    private Row row(Row from, Object cell) {
      Object[] values = new Object[kept.length + 1];
      for (int i = 0; i < kept.length; i++) {
        values[i] = from.getAs(kept[i]);
      }
      values[kept.length] = from.isNullAt(from.fieldIndex(cells.column())) ? null : cell;
      return RowFactory.create(values);
    }
  }
}
