package org.sparkgen.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.AgreementCounts;
import org.sparkgen.evaluation.ClassAgreement;
import org.sparkgen.evaluation.EvaluationRequest;
import org.sparkgen.evaluation.FeatureManifold;
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
    prepare();
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

  /**
   * Computes what depends on real examples only, if samples are to be compared: whoever calls this
   * before a training learns before it that there is too little to compare with, or that the
   * feature network can't be used.
   *
   * @throws JobException INPUT if there are too few real examples
   */
  public void prepare() {
    if (network.isEmpty() || realFeatures != null) {
      return;
    }
    requireExamples(Math.min(real.accepted(), request.mostExamples()));
    others.map(ExampleShards::accepted).ifPresent(ModelEvaluation::requireExamples);
    try (JobLabel job = new JobLabel(context)) {
      job.describe("Features of real examples");
      realFeatures =
          RealFeatures.of(
              real,
              others,
              network.get(),
              configuration,
              comparison,
              request.mostExamples(),
              samples());
    } catch (Exception e) {
      throw ClusterFailure.explain("computing the features of real examples", e);
    }
  }

  private static void requireExamples(long count) {
    int least = FeatureManifold.NEIGHBOURS + 1;
    if (count < least) {
      throw new JobException(
          ExitCode.INPUT,
          "evaluation.samples: samples can't be compared with %d real examples, at least %d are needed of the training and of the held-out ones; add some, or set evaluation.samples = 0"
              .formatted(count, least));
    }
  }

  /**
   * Samples that are compared: no more than the training examples whose distance is the floor, for
   * the estimates of both have a bias that depends on the number.
   */
  private int samples() {
    return (int)
        Math.min(request.samples(), others.map(ExampleShards::accepted).orElse(Long.MAX_VALUE));
  }

  private GeneratedFeatures generated(ModelBroadcast model, Broadcast<FeatureSource> net) {
    int told = features.map(FeatureNet::classes).orElse(0);
    int classes = config.model().classes();
    return GeneratedFeatures.of(
        context,
        model,
        net,
        classes > 0 && told == classes ? classes : 0,
        Seeds.samples(config.run().seed(), PURPOSE, 0),
        samples(),
        realFeatures.balls().count());
  }

  private static Optional<ClassAgreement> agreement(AgreementCounts counts) {
    return counts.examples() == 0 ? Optional.empty() : Optional.of(counts.result());
  }

  /** Frees what Spark keeps of the feature network. */
  @Override
  public void close() {
    network.ifPresent(Broadcast::destroy);
  }
}
