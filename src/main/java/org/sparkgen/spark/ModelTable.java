package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Reject;
import org.sparkgen.evaluation.FeatureRows;
import org.sparkgen.evaluation.Neighbourhood;
import org.sparkgen.model.Trainable;
import org.sparkgen.storage.StorageFailure;

/**
 * Applies a trained model to examples and writes Parquet, a row for each that is listed: {@code
 * file} (its path below the root of the listing), {@code index} in it, {@code label} and {@code
 * class} if it has one, and what the model says of it; for one that can't be used, {@code error}
 * says why, and {@code rejected} how many listed examples the row stands for, 0 for the others.
 *
 * <p>What is said of an example has the same bits whatever it is read together with.
 */
public final class ModelTable implements AutoCloseable {
  private static final String REJECTED = "rejected";
  private static final String ERROR = "error";
  private static final String FILE = "file";
  private static final String INDEX = "index";

  /** Where a function's own columns begin. */
  private static final int OWN = 4;

  private final SparkSession session;
  private final ModelBroadcast model;
  private final List<Broadcast<Neighbourhood>> neighbourhoods = new ArrayList<>();

  /**
   * Sends a model to all executors.
   *
   * @param configuration effective configuration, as text, of the run that trained it
   */
  public ModelTable(SparkSession session, String configuration, Snapshot snapshot) {
    this.session = session;
    this.model = new ModelBroadcast(context(), configuration, snapshot);
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /**
   * Writes the table, replacing what is at the address.
   *
   * @param work what this is, for Spark's stages and for messages, as {@code encode}
   * @throws JobException INPUT if more examples can't be used than the data's configuration allows;
   *     the table says which
   */
  public ExampleCounts write(
      ExampleChunks examples, ExampleFunction function, String uri, String work) {
    try (JobLabel label = new JobLabel(context())) {
      label.describe(work);
      TableWriter.write(session.createDataFrame(rows(examples, function), schema(function)), uri);
      ExampleCounts counts = counts(session.read().parquet(uri));
      examples.verdict().check(counts);
      return counts;
    } catch (JobException e) {
      throw e;
    } catch (Exception e) {
      throw ClusterFailure.explain(work + " to " + StorageFailure.mask(uri), e);
    }
  }

  /**
   * The rows that {@link #write} writes, of the examples that can be used; computed as often as
   * they are looked at.
   */
  Dataset<Row> rowsOf(ExampleChunks examples, ExampleFunction function) {
    return session
        .createDataFrame(rows(examples, function), schema(function))
        .where(functions.col(ERROR).isNull());
  }

  /** The numbers in a function's first column, in no order. */
  public List<Double> numbers(ExampleChunks examples, ExampleFunction function, String work) {
    try (JobLabel label = new JobLabel(context())) {
      label.describe(work);
      return rows(examples, function)
          .filter(row -> !row.isNullAt(OWN))
          .map(row -> row.getDouble(OWN))
          .collect();
    } catch (Exception e) {
      throw ClusterFailure.explain(work, e);
    }
  }

  /**
   * A score that compares with training examples, which all executors are sent.
   *
   * @param training some of them; no more than {@link Neighbourhood#most}, but for a few
   * @param score one of the distances, which the model can give
   * @throws JobException if there are too few
   */
  public ExampleScore distanceTo(ExampleChunks training, AnomalyScore score) {
    String work = "look at training examples";
    try (JobLabel label = new JobLabel(context())) {
      label.describe(work);
      List<Row> rows =
          rows(training, new HiddenFunction(score)).filter(row -> !row.isNullAt(OWN)).collect();
      Broadcast<Neighbourhood> sent = context().broadcast(neighbourhood(rows));
      neighbourhoods.add(sent);
      return new NeighbourScore(score, sent);
    } catch (JobException e) {
      throw e;
    } catch (Exception e) {
      throw ClusterFailure.explain(work, e);
    }
  }

  private static Neighbourhood neighbourhood(List<Row> rows) {
    int size = rows.isEmpty() ? 1 : rows.get(0).<float[]>getAs(OWN).length;
    float[] values = new float[rows.size() * size];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).<float[]>getAs(OWN), 0, values, i * size, size);
    }
    long[] digests = rows.stream().mapToLong(row -> row.getLong(OWN + 1)).toArray();
    return new Neighbourhood(new FeatureRows(values, size), digests);
  }

  private static ExampleCounts counts(Dataset<Row> table) {
    Dataset<Row> rejects = table.where(functions.col(ERROR).isNotNull());
    Row sum = rejects.agg(functions.count(ERROR), functions.sum(REJECTED)).first();
    List<Reject> sample =
        rejects
            .select(FILE, INDEX, REJECTED, ERROR)
            .orderBy(functions.col(INDEX).geq(0), functions.col(FILE), functions.col(INDEX))
            .limit(ExampleCounts.SAMPLE)
            .collectAsList()
            .stream()
            .map(r -> new Reject(r.getString(0), r.getLong(1), r.getLong(2), r.getString(3)))
            .toList();
    return new ExampleCounts(
        table.count() - sum.getLong(0), sum.isNullAt(1) ? 0 : sum.getLong(1), sample);
  }

  private static StructType schema(ExampleFunction function) {
    StructType schema =
        new StructType()
            .add(FILE, DataTypes.StringType, false)
            .add(INDEX, DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType)
            .add("class", DataTypes.StringType);
    for (StructField column : function.columns()) {
      schema = schema.add(column.name(), column.dataType());
    }
    return schema.add(REJECTED, DataTypes.LongType, false).add(ERROR, DataTypes.StringType);
  }

  /** A row for each listed example, in the order of the schema. */
  private JavaRDD<Row> rows(ExampleChunks examples, ExampleFunction function) {
    ModelBroadcast trained = model;
    RowBuilder builder = new RowBuilder(examples.classNames(), function.columns().size());
    return examples
        .chunks()
        .mapPartitions(
            part ->
                Groups.of(part, FunctionPass.BLOCKS)
                    .flatMap(
                        group ->
                            trained
                                .use(m -> rows(m, trained.config(), group, function, builder))
                                .stream())
                    .iterator());
  }

  private static List<Row> rows(
      Trainable model,
      RunConfig config,
      List<ExampleChunk> group,
      ExampleFunction function,
      RowBuilder builder) {
    List<ExampleBlock> blocks = group.stream().flatMap(chunk -> chunk.blocks().stream()).toList();
    Iterator<List<Object[]>> values = FunctionPass.values(model, config, blocks, function);
    List<Row> rows = new ArrayList<>();
    for (ExampleChunk chunk : group) {
      if (chunk.count() > 0) {
        builder.add(chunk, values.next(), rows);
      }
      chunk.rejects().forEach(reject -> rows.add(builder.rejected(reject)));
    }
    return rows;
  }

  /** Frees what Spark keeps of the model and of training examples. */
  @Override
  public void close() {
    neighbourhoods.forEach(Broadcast::destroy);
    model.close();
  }

  /** Makes rows, in tasks. */
  private static final class RowBuilder implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] classNames;
    private final int columns;

    RowBuilder(List<String> classNames, int columns) {
      this.classNames = classNames.toArray(new String[0]);
      this.columns = columns;
    }

    void add(ExampleChunk chunk, List<Object[]> values, List<Row> rows) {
      int[] labels = chunk.blocks().get(0).labels();
      for (int i = 0; i < chunk.count(); i++) {
        Object[] row = new Object[columns + 6];
        row[0] = chunk.file(i);
        row[1] = chunk.index(i);
        if (labels[i] != ExampleBlock.NO_LABEL) {
          row[2] = labels[i];
          row[3] = labels[i] < classNames.length ? classNames[labels[i]] : null;
        }
        System.arraycopy(values.get(i), 0, row, 4, columns);
        row[4 + columns] = 0L;
        rows.add(RowFactory.create(row));
      }
    }

    Row rejected(Reject reject) {
      Object[] row = new Object[columns + 6];
      row[0] = reject.path();
      row[1] = reject.index();
      row[4 + columns] = reject.count();
      row[5 + columns] = reject.reason();
      return RowFactory.create(row);
    }
  }
}
