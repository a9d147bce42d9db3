package org.sparkgen.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.FittedModel;

/**
 * A trained model that adds latent vectors, reconstructions and anomaly scores to a table: each
 * only if its column has a name. Rows are computed where they are, a few at a time, when they are
 * asked for; what is said of a row is what the commands {@code encode} and {@code score} say of it,
 * whatever rows are beside it.
 */
public final class SparkgenModel extends Model<SparkgenModel>
    implements SharedParams<SparkgenModel>, MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String UID = "sparkgenModel";

  private final String uid;
  private final ModelParams params;
  private final FittedModel fitted;

  /** A model whose params have their defaults. */
  SparkgenModel(String uid, FittedModel fitted) {
    this.uid = uid;
    this.params = new ModelParams(this);
    this.fitted = fitted;
    setDefault(params.handleInvalid, ModelParams.KEEP);
    setDefault(params.scoreSamples, ModelParams.SAMPLES);
  }

  /**
   * The model of an output folder that the command {@code train}, or an estimator with an output
   * path, has left.
   *
   * @throws org.sparkgen.config.JobException INPUT if there is none
   */
  public static SparkgenModel ofOutput(String outputPath) {
    FittedModel fitted = FittedModel.ofOutput(Sessions.storage(SparkSession.active()), outputPath);
    return new SparkgenModel(Identifiable.randomUID(UID), fitted);
  }

  /** What reads a saved model; Spark's own loader of pipelines asks for it by this name. */
  public static MLReader<SparkgenModel> read() {
    return new ModelReader();
  }

  /** A saved model. */
  public static SparkgenModel load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    RunConfig config = fitted.config();
    Columns columns = new Columns(this, schema);
    columns.input(config);
    return columns.with(config);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> table = dataset.toDF();
    transformSchema(table.schema());
    Columns columns = new Columns(this, table.schema());
    return fitted.addTo(table, columns.input(fitted.config()), columns.request());
  }

  @Override
  public SparkgenModel copy(ParamMap extra) {
    SparkgenModel copy = new SparkgenModel(uid, fitted);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  /** Rounds that it was trained for. */
  public int round() {
    return fitted.round();
  }

  /** SHA-256 of the weights as 64 hexadecimal digits. */
  public String weightsSha256() {
    return fitted.weightsSha256();
  }

  /** The effective configuration of its training as HOCON. */
  public String configuration() {
    return ConfigText.render(fitted.config());
  }

  FittedModel fitted() {
    return fitted;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ModelParams shared() {
    return params;
  }

  @Override
  public SparkgenModel self() {
    return this;
  }
}
