package org.sparkgen.ml;

import java.util.UUID;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.FitJob;
import org.sparkgen.job.FittedModel;
import org.sparkgen.spark.CellKind;
import org.sparkgen.spark.ExampleOrigin;
import org.sparkgen.storage.Storage;

/**
 * Trains a model on a column of images or numbers, as the command {@code train} does on files: the
 * same rounds, checkpoints and results.
 *
 * <p>Its result depends on the params and on the rows, and on neither their order nor their
 * partitions. A row is known by its content, or by its id: with the paths of picture files below
 * their folder as ids, it is the training of {@code data.format = folder}, to the bit.
 */
// Every interface is named, inherited ones too: Python's gateway looks at no others for methods.
public final class SparkgenEstimator extends Estimator<SparkgenModel>
    implements TrainingParams<SparkgenEstimator>,
        SharedParams<SparkgenEstimator>,
        DefaultParamsWritable,
        MLWritable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkgenEstimator.class);
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = 1;

  private final String uid;
  private final ModelParams shared;
  private final FitParams training;

  /** An estimator with a uid of its own. */
  public SparkgenEstimator() {
    this(Identifiable.randomUID("sparkgen"));
  }

  /** An estimator with a uid. */
  public SparkgenEstimator(String uid) {
    this.uid = uid;
    this.shared = new ModelParams(this);
    this.training = new FitParams(this);
    setDefault(shared.handleInvalid, ModelParams.KEEP);
    setDefault(shared.scoreSamples, ModelParams.SAMPLES);
  }

  /** What reads a saved estimator; Spark's own loader of pipelines asks for it by this name. */
  public static MLReader<SparkgenEstimator> read() {
    return new EstimatorReader();
  }

  /** A saved estimator. */
  public static SparkgenEstimator load(String path) {
    return read().load(path);
  }

  /**
   * The schema with the columns that the model will add.
   *
   * @throws JobException USAGE if the params, the configuration and the schema don't fit together
   */
  @Override
  public StructType transformSchema(StructType schema) {
    Columns columns = new Columns(this, schema);
    CellKind kind = columns.kind();
    columns.ids();
    columns.labels();
    columns.heldOut(validationIndicatorCol());
    int features = kind == CellKind.VECTOR ? declared(schema.apply(getInputCol())) : UNKNOWN;
    RunConfig config =
        new FitConfiguration(this, kind).with(features < 0 ? UNKNOWN : features, temporary());
    columns.input(config);
    return columns.with(config);
  }

  /**
   * Trains.
   *
   * @throws JobException USAGE, INPUT, DIVERGED or STORAGE; with an output path the same fit goes
   *     on from its last round
   */
  @Override
  public SparkgenModel fit(Dataset<?> dataset) {
    Dataset<Row> table = dataset.toDF();
    transformSchema(table.schema());
    Columns columns = new Columns(this, table.schema());
    Storage storage = Sessions.storage(table.sparkSession());
    String temporary = temporary();
    RunConfig config =
        new FitConfiguration(this, columns.kind()).with(features(table, columns.kind()), temporary);
    ExampleOrigin rows = ExampleOrigin.rows(table, columns.ids(), value(validationIndicatorCol()));
    try {
      FittedModel fitted = new FitJob(config, storage, rows).run();
      return copyValues(new SparkgenModel(uid, fitted).setParent(this), new ParamMap());
    } finally {
      delete(storage, temporary);
    }
  }

  private static String temporary() {
    return "%s/sparkgen-fit-%s".formatted(System.getProperty("java.io.tmpdir"), UUID.randomUUID());
  }

  private static void delete(Storage storage, String temporary) {
    try {
      storage.delete(temporary);
    } catch (JobException e) {
      LOG.warn("{} is left behind: {}", temporary, e.getMessage());
    }
  }

  /** Numbers per row; looks at a row where the schema doesn't say. */
  private int features(Dataset<Row> table, CellKind kind) {
    if (kind.images()) {
      return UNKNOWN;
    }
    int declared = kind == CellKind.VECTOR ? declared(table.schema().apply(getInputCol())) : -1;
    if (declared > 0) {
      return declared;
    }
    Row first =
        table
            .select(table.col("`" + getInputCol().replace("`", "``") + "`").as("cell"))
            .where(functions.col("cell").isNotNull())
            .takeAsList(1)
            .stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new JobException(
                        ExitCode.INPUT,
                        "inputCol = %s: there is no row with a value".formatted(getInputCol())));
    return first.get(0) instanceof Vector vector ? vector.size() : first.getList(0).size();
  }

  /** Numbers per row as the column's metadata say; below 0 if they don't. */
  private static int declared(StructField field) {
    return AttributeGroup.fromStructField(field).size();
  }

  @Override
  public SparkgenEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ModelParams shared() {
    return shared;
  }

  @Override
  public FitParams training() {
    return training;
  }

  @Override
  public SparkgenEstimator self() {
    return this;
  }
}
