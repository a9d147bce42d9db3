package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.model.Trainable;
import org.sparkgen.spark.EncodeFunction;
import org.sparkgen.spark.ExampleFunction;
import org.sparkgen.spark.ModelScore;
import org.sparkgen.spark.ReconstructionCells;
import org.sparkgen.spark.ScoreFunction;
import org.sparkgen.spark.TableColumn;
import org.sparkgen.training.RunModels;

/** The columns that a model adds to a table. */
public final class AddedColumns {
  private static final String NO_ENCODER =
      "has no encoder; train family autoencoder, vae, beta-vae or vae-gan";

  private final RunConfig config;
  private final ColumnsRequest request;

  /**
   * The columns of a model that has or will have a configuration.
   *
   * @throws JobException USAGE if none is asked for, or the model can't give one
   */
  public AddedColumns(RunConfig config, ColumnsRequest request) {
    this.config = config;
    this.request = request;
    if (request.latent().or(request::reconstruction).or(request::score).isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "there is nothing to add: set latentCol, reconstructionCol or scoreCol, or several of them");
    }
    request.latent().ifPresent(name -> require(Encoder.class::isInstance, "encode", name));
    request
        .reconstruction()
        .ifPresent(name -> require(Reconstructor.class::isInstance, "reconstruct", name));
    request.score().ifPresent(name -> ScoreChoice.ofModelAlone(config, request.kind()));
  }

  private void require(Predicate<Trainable> capability, String what, String column) {
    if (!RunModels.borrow(ConfigText.render(config), capability::test)) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot %s into the column %s: model.family = %s %s"
              .formatted(what, column, Keyword.of(config.model().family()), NO_ENCODER));
    }
  }

  /** Whether the model has to be told each example's class to compute them. */
  public boolean needLabels() {
    return config.model().classes() > 0 && request.reconstruction().or(request::score).isPresent();
  }

  /** The columns in their order. */
  public List<StructField> fields() {
    return with(FeatureScaling.none()).stream().map(TableColumn::field).toList();
  }

  /** The columns with what computes them. */
  List<TableColumn> with(FeatureScaling scaling) {
    List<TableColumn> columns = new ArrayList<>();
    request
        .latent()
        .ifPresent(
            name ->
                columns.add(
                    column(
                        name,
                        new EncodeFunction(false),
                        new AttributeGroup(name, config.model().latent()).toMetadata())));
    request
        .reconstruction()
        .ifPresent(
            name ->
                columns.add(
                    column(name, new ReconstructionCells(config, scaling), Metadata.empty())));
    request.score().ifPresent(name -> columns.add(column(name, score(), Metadata.empty())));
    return columns;
  }

  private ScoreFunction score() {
    return new ScoreFunction(
        new ModelScore(
            ScoreChoice.ofModelAlone(config, request.kind()),
            request.samples(),
            ScoreChoice.seed(config)));
  }

  private static TableColumn column(String name, ExampleFunction function, Metadata metadata) {
    return new TableColumn(
        DataTypes.createStructField(name, function.columns().get(0).dataType(), true, metadata),
        function);
  }
}
