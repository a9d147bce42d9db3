package org.sparkgen.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.AgreementCounts;
import org.sparkgen.evaluation.ClassAgreement;
import org.sparkgen.evaluation.EvaluationRequest;
import org.sparkgen.evaluation.ModelMetrics;
import org.sparkgen.evaluation.SetComparison;
import org.sparkgen.model.Evaluable;
import org.sparkgen.model.LikelihoodEstimator;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.Seeds;

/**
 * Measures models of one run by Spark: losses, log p(x), active units, and samples against real
 * examples. The same model, examples and request give the same bits, whatever the parallelism. What
 * depends on real examples only is computed once.
 */
public final class ModelEvaluation implements AutoCloseable {
  private static final String PURPOSE = "evaluation";

  private final JavaSparkContext context;
  private final String configuration;
  private final RunConfig config;
  private final Optional<ExampleShards> measured;
  private final ExampleShards real;
  private final Optional<ExampleShards> others;
  private final EvaluationRequest request;
  private final Optional<FeatureNet> features;
  private final Optional<Broadcast<FeatureSource>> network;
  private final FeatureComparison comparison;
  private RealFeatures realFeatures;

  /**
   * Measurements of a run's models.
   *
   * @param configuration the run's effective configuration as text
   * @param training the run's training examples
   * @param heldOut its held-out examples; without them samples are compared with training ones
   * @param measured the examples that losses, log p(x) and active units are of, if they are wanted
   * @param request what else is to be measured
   * @param features the network in whose features samples are compared, if any are
   */
  public ModelEvaluation(
      String configuration,
      ExampleShards training,
      Optional<ExampleShards> heldOut,
      Optional<ExampleShards> measured,
      EvaluationRequest request,
      Optional<FeatureNet> features) {
    this.context = JavaSparkContext.fromSparkContext(training.blocks().context());
    this.configuration = configuration;
    this.config = RunModels.parse(configuration);
    this.measured = measured;
    this.real = heldOut.orElse(training);
    this.others = heldOut.map(h -> training);
    this.request = request;
    this.features = features;
    this.network = features.map(f -> context.broadcast(f.source()));
    this.comparison = new FeatureComparison(context);
  }

  /**
   * Measures a model in a state.
   *
   * @param label what Spark's stages are called after
   */
  public ModelMetrics run(Snapshot snapshot, String label) {
    Optional<JavaRDD<List<ExampleBlock>>> examples =
        measured.map(m -> m.blocks(request.mostExamples()));
    Map<String, Double> losses =
        examples
            .filter(e -> can(Evaluable.class))
            .map(e -> new HeldOutEvaluation(e, configuration).run(snapshot, label))
            .orElse(Map.of());
    try (JobLabel job = new JobLabel(context);
        ModelBroadcast model = new ModelBroadcast(context, configuration, snapshot)) {
      job.describe(label + ": evaluate the model");
      Optional<LatentMetrics> latent =
          examples
              .filter(e -> can(LikelihoodEstimator.class))
              .map(e -> LatentMetrics.of(e, model, request.importanceSamples()));
      Optional<GeneratedFeatures> generated = network.map(net -> generated(model, net));
      Optional<SetComparison> samples =
          generated.map(
              g -> comparison.compare(realFeatures.sample(), realFeatures.balls(), g.sample()));
      return new ModelMetrics(
          losses,
          measured.map(m -> Math.min(m.accepted(), request.mostExamples())).orElse(0L),
          latent.flatMap(LatentMetrics::logLikelihood),
          latent.flatMap(LatentMetrics::activeUnits),
          samples,
          generated.flatMap(g -> realFeatures.floor()),
          generated.flatMap(g -> agreement(g.agreement())),
          features.map(FeatureNet::facts));
    } catch (Exception e) {
      throw ClusterFailure.explain(label + ": evaluating the model", e);
    }
  }

  private boolean can(Class<?> capability) {
    return RunModels.borrow(configuration, capability::isInstance);
  }

  private GeneratedFeatures generated(ModelBroadcast model, Broadcast<FeatureSource> net) {
    if (realFeatures == null) {
      realFeatures =
          RealFeatures.of(
              real,
              others,
              net,
              configuration,
              comparison,
              request.mostExamples(),
              request.samples());
    }
    int told = features.map(FeatureNet::classes).orElse(0);
    int classes = config.model().classes();
    return GeneratedFeatures.of(
        context,
        model,
        net,
        classes > 0 && told == classes ? classes : 0,
        Seeds.samples(config.run().seed(), PURPOSE, 0),
        request.samples(),
        realFeatures.balls().count());
  }

  private static Optional<ClassAgreement> agreement(AgreementCounts counts) {
    return counts.classes() == 0 ? Optional.empty() : Optional.of(counts.result());
  }

  /** Frees what Spark keeps of the feature network. */
  @Override
  public void close() {
    network.ifPresent(Broadcast::destroy);
  }
}
