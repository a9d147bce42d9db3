package org.sparkgen.spark;

import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.model.SampleChoice;
import org.sparkgen.model.Sampler;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageFailure;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.SampleChunks;

/**
 * Draws samples with Spark and writes them. Sample i depends on the model, the seed, the choice and
 * i only; what a task holds in memory does not depend on how many there are.
 */
public final class SampleWriter {
  /** Chunks of a task: at first so few that small jobs are shared, then so many that files fill. */
  private static final int FEWEST_CHUNKS = 16;

  private static final int MOST_CHUNKS = 256;
  private static final int TASKS = 64;

  /** Chunks that are drawn with the weights loaded once. */
  private static final int GROUP = 16;

  private final SparkSession session;
  private final String configuration;
  private final RunConfig config;
  private final Preprocessing preprocessing;

  /**
   * A writer for a model that can sample.
   *
   * @param configuration effective configuration of the run that trained it
   * @param preprocessing how its training examples were read: scaling is undone, so that samples
   *     look like the data, and classes have their names
   */
  public SampleWriter(SparkSession session, String configuration, Preprocessing preprocessing) {
    this.session = session;
    this.configuration = configuration;
    this.config = RunModels.parse(configuration);
    this.preprocessing = preprocessing;
  }

  /**
   * What is drawn.
   *
   * @param count samples 0 to {@code count - 1}, at least 1
   * @param seed of the whole sequence
   * @param choice of which classes, and how far from the middle
   */
  public record Drawing(int count, long seed, SampleChoice choice) {}

  /**
   * Writes Parquet, replacing what is at the address: {@code id}; of a conditional model {@code
   * label} and {@code class}; {@code image} with PNG bytes or, for numeric rows, {@code features}
   * with an array of floats.
   */
  public void table(Snapshot snapshot, Drawing drawing, String uri) {
    run(
        snapshot,
        drawing,
        uri,
        rows -> TableWriter.write(session.createDataFrame(rows, schema()), uri));
  }

  /**
   * Writes a PNG file for each sample of a model of images, of a conditional one into a folder per
   * class: a training set for others.
   */
  public void files(Snapshot snapshot, Drawing drawing, String folder) {
    Map<String, String> settings =
        ExampleFiles.hadoopSettings(JavaSparkContext.fromSparkContext(session.sparkContext()));
    run(
        snapshot,
        drawing,
        folder,
        rows ->
            rows.foreachPartition(
                part -> {
                  Storage storage = Storage.open(settings);
                  part.forEachRemaining(row -> publish(storage, folder, row));
                }));
  }

  private static void publish(Storage storage, String folder, Row row) {
    String name = String.format(Locale.ROOT, "%09d.png", row.getLong(0));
    String below = row.size() == 2 ? name : classFolder(row) + "/" + name;
    storage.publish(Storage.resolve(folder, below), row.<byte[]>getAs(row.size() - 1));
  }

  private static String classFolder(Row row) {
    return row.isNullAt(2) ? Integer.toString(row.getInt(1)) : row.getString(2);
  }

  /** Does something with the samples as rows, in the order of their numbers. */
  private void run(Snapshot snapshot, Drawing drawing, String uri, Action action) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    int chunks = SampleChunks.count(drawing.count());
    int perTask = Math.max(FEWEST_CHUNKS, Math.min(MOST_CHUNKS, chunks / TASKS));
    int tasks = (chunks + perTask - 1) / perTask;
    SampleRows samples = new SampleRows(preprocessing, drawing);
    try (JobLabel label = new JobLabel(context);
        ModelBroadcast model = new ModelBroadcast(context, configuration, snapshot)) {
      label.describe("write %d samples".formatted(drawing.count()));
      JavaRDD<Row> rows =
          context
              .parallelize(IntStream.range(0, chunks).boxed().toList(), tasks)
              .mapPartitions(
                  part ->
                      Groups.of(part, GROUP)
                          .flatMap(
                              group ->
                                  model
                                      .use(m -> samples.of((Sampler) m, model.config(), group))
                                      .stream())
                          .iterator());
      action.on(rows);
    } catch (Exception e) {
      String work = "writing %d samples to %s".formatted(drawing.count(), StorageFailure.mask(uri));
      throw ClusterFailure.explain(work, e);
    }
  }

  private StructType schema() {
    StructType ids = new StructType().add("id", DataTypes.LongType, false);
    StructType classes =
        config.model().classes() == 0
            ? ids
            : ids.add("label", DataTypes.IntegerType, false).add("class", DataTypes.StringType);
    return config.data().shape() instanceof ImageShape
        ? classes.add("image", DataTypes.BinaryType, false)
        : classes.add("features", DataTypes.createArrayType(DataTypes.FloatType, false), false);
  }

  /** What is done with rows. */
  private interface Action {
    void on(JavaRDD<Row> rows) throws Exception;
  }
}
