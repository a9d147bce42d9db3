package org.sparkgen.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.FeatureScaling;

/** How numeric rows were scaled, as JSON: {@code scaled = (raw - shift) / scale}. */
final class ScalingFile {
  /** Its name in a checkpoint. */
  static final String NAME = "scaling.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ScalingFile() {}

  static ObjectNode json(FeatureScaling scaling) {
    ObjectNode json = MAPPER.createObjectNode();
    put(json.putArray("shift"), scaling.shift());
    put(json.putArray("scale"), scaling.scale());
    return json;
  }

  static byte[] bytes(FeatureScaling scaling) {
    return json(scaling).toString().getBytes(StandardCharsets.UTF_8);
  }

  static FeatureScaling parse(byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
      return new FeatureScaling(numbers(json.path("shift")), numbers(json.path("scale")));
    } catch (JsonProcessingException e) {
      throw new JobException(ExitCode.STORAGE, NAME + " of the checkpoint is no JSON", e);
    }
  }

  private static void put(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }
}
