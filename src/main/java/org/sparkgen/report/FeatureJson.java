package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.sparkgen.evaluation.FeatureFacts;

/** What is stated of a feature network, as JSON. */
final class FeatureJson {
  private FeatureJson() {}

  static ObjectNode of(FeatureFacts facts) {
    ObjectNode object = Json.object();
    object.put("path", facts.path());
    object.put("sha256", facts.sha256());
    Json.put(object, "accuracy", facts.accuracy().orElse(Double.NaN));
    object.put("measuredOn", facts.measuredOn());
    object.put("features", facts.features());
    return object;
  }

  static FeatureFacts parse(Json object) {
    double accuracy = object.number("accuracy");
    return new FeatureFacts(
        object.text("path"),
        object.text("sha256"),
        Double.isNaN(accuracy) ? OptionalDouble.empty() : OptionalDouble.of(accuracy),
        object.text("measuredOn"),
        object.integer("features"));
  }
}
