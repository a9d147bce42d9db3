package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/**
 * What the metrics cannot tell of a run.
 *
 * @param diversity of the newest samples, as {@link Diversity#ratio} has it; empty if not measured
 * @param resumes how often the run was started again and went on from a checkpoint
 * @param checkpointFallbacks how often a damaged checkpoint was passed over for an older one
 */
public record RunFacts(OptionalDouble diversity, int resumes, int checkpointFallbacks) {
  /** Nothing measured, nothing happened. */
  public static RunFacts none() {
    return new RunFacts(OptionalDouble.empty(), 0, 0);
  }

  ObjectNode toJson() {
    ObjectNode object = Json.object();
    Json.put(object, "diversity", diversity.orElse(Double.NaN));
    object.put("resumes", resumes);
    object.put("checkpointFallbacks", checkpointFallbacks);
    return object;
  }

  static RunFacts fromJson(Json object) {
    double diversity = object.number("diversity");
    return new RunFacts(
        Double.isNaN(diversity) ? OptionalDouble.empty() : OptionalDouble.of(diversity),
        object.integer("resumes"),
        object.integer("checkpointFallbacks"));
  }
}
