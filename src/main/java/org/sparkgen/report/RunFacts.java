package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.FeatureFacts;

/**
 * What the metrics cannot tell of a run.
 *
 * @param diversity of the newest samples, as {@link Diversity#ratio} has it; empty if not measured
 * @param resumes how often the run was started again and went on from a checkpoint
 * @param checkpointFallbacks how often a damaged checkpoint was passed over for an older one
 * @param best the round whose weights are published; empty if that is the last one
 * @param stopped why training stopped before its last epoch; empty if it did not
 * @param features the network in whose features samples were compared, if they were
 */
public record RunFacts(
    OptionalDouble diversity,
    int resumes,
    int checkpointFallbacks,
    Optional<BestRound> best,
    Optional<String> stopped,
    Optional<FeatureFacts> features) {
  /** Facts of a run that goes to its last round, publishes that, and compares no samples. */
  public RunFacts(OptionalDouble diversity, int resumes, int checkpointFallbacks) {
    this(
        diversity,
        resumes,
        checkpointFallbacks,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Nothing measured, nothing happened. */
  public static RunFacts none() {
    return new RunFacts(OptionalDouble.empty(), 0, 0);
  }

  ObjectNode toJson() {
    ObjectNode object = Json.object();
    Json.put(object, "diversity", diversity.orElse(Double.NaN));
    object.put("resumes", resumes);
    object.put("checkpointFallbacks", checkpointFallbacks);
    best.ifPresent(b -> put(b, object.putObject("best")));
    stopped.ifPresent(reason -> object.put("stopped", reason));
    features.ifPresent(f -> object.set("features", FeatureJson.of(f)));
    return object;
  }

  private static void put(BestRound best, ObjectNode object) {
    object.put("round", best.round());
    object.put("metric", best.metric());
    object.put("value", best.value());
  }

  static RunFacts fromJson(Json object) {
    double diversity = object.number("diversity");
    return new RunFacts(
        Double.isNaN(diversity) ? OptionalDouble.empty() : OptionalDouble.of(diversity),
        object.integer("resumes"),
        object.integer("checkpointFallbacks"),
        object.optionalObject("best").map(RunFacts::best),
        object.optionalText("stopped"),
        object.optionalObject("features").map(FeatureJson::parse));
  }

  private static BestRound best(Json object) {
    return new BestRound(object.integer("round"), object.text("metric"), object.number("value"));
  }
}
