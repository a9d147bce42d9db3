package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Sampler;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;
import org.sparkgen.storage.StorageFailure;
import org.sparkgen.training.SampleChunks;

/**
 * Draws samples with Spark and writes them as Parquet: a column {@code id} and, for images, {@code
 * image} with PNG bytes, for numeric rows {@code features} with an array of floats.
 *
 * <p>Sample i depends on the model, the seed and i only.
 */
public final class SampleWriter {
  private static final int CHUNKS_PER_TASK = 16;

  private final SparkSession session;
  private final String configuration;

  /** A writer for the model of an effective configuration, which must be able to sample. */
  public SampleWriter(SparkSession session, String configuration) {
    this.session = session;
    this.configuration = configuration;
  }

  /**
   * Writes samples 0 to {@code count - 1} of a seed, replacing what is at the address.
   *
   * @param scaling how numeric rows were scaled; undone, so that samples look like the data
   */
  public void write(Snapshot snapshot, FeatureScaling scaling, int count, long seed, String uri) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    int chunks = SampleChunks.count(count);
    int tasks = Math.max(1, (chunks + CHUNKS_PER_TASK - 1) / CHUNKS_PER_TASK);
    try (JobLabel label = new JobLabel(context);
        ModelBroadcast broadcast = new ModelBroadcast(context, configuration, snapshot)) {
      label.describe("write %d samples".formatted(count));
      JavaRDD<Row> rows =
          context
              .parallelize(IntStream.range(0, chunks).boxed().toList(), tasks)
              .mapPartitions(
                  numbers ->
                      broadcast.use(
                          model -> {
                            List<Row> part = new ArrayList<>();
                            RunConfig config = broadcast.config();
                            numbers.forEachRemaining(
                                chunk ->
                                    part.addAll(
                                        rows(
                                            (Sampler) model, config, scaling, seed, chunk, count)));
                            return part.iterator();
                          }));
      session.createDataFrame(rows, schema()).write().mode(SaveMode.Overwrite).parquet(uri);
    } catch (Exception e) {
      String work = "writing %d samples to %s".formatted(count, StorageFailure.mask(uri));
      throw ClusterFailure.explain(work, e);
    }
  }

  private static List<Row> rows(
      Sampler model, RunConfig config, FeatureScaling scaling, long seed, int chunk, int count) {
    float[] values = scaling.invert(SampleChunks.values(model, seed, chunk));
    int size = config.data().shape().size();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < SampleChunks.SIZE; i++) {
      long id = (long) chunk * SampleChunks.SIZE + i;
      if (id < count) {
        rows.add(
            RowFactory.create(
                id, cell(config, Arrays.copyOfRange(values, i * size, (i + 1) * size))));
      }
    }
    return rows;
  }

  private static Object cell(RunConfig config, float[] values) {
    if (config.data().shape() instanceof ImageShape shape) {
      Pictures one = Pictures.of(shape, Pixels.of(values, config.model().pixelRange()));
      return ImageGrid.picture(one, 0).bytes();
    }
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }

  private StructType schema() {
    RunConfig config = org.sparkgen.training.RunModels.parse(configuration);
    StructType ids = new StructType().add("id", DataTypes.LongType, false);
    return config.data().shape() instanceof ImageShape
        ? ids.add("image", DataTypes.BinaryType, false)
        : ids.add("features", DataTypes.createArrayType(DataTypes.FloatType, false), false);
  }
}
