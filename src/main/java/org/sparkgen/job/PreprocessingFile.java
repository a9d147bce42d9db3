package org.sparkgen.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Preprocessing;

/**
 * How examples became model inputs, as JSON: names of classes in the order of their numbers, and of
 * numeric rows {@code scaled = (raw - shift) / scale}.
 */
final class PreprocessingFile {
  /** Its name in a checkpoint. */
  static final String NAME = "preprocessing.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PreprocessingFile() {}

  static ObjectNode json(Preprocessing preprocessing) {
    ObjectNode json = MAPPER.createObjectNode();
    preprocessing.classNames().forEach(json.putArray("classNames")::add);
    if (!preprocessing.scaling().isNone()) {
      ObjectNode scaling = json.putObject("scaling");
      put(scaling.putArray("shift"), preprocessing.scaling().shift());
      put(scaling.putArray("scale"), preprocessing.scaling().scale());
    }
    return json;
  }

  static byte[] bytes(Preprocessing preprocessing) {
    return json(preprocessing).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** That of a checkpoint. */
  static Preprocessing in(Checkpoint checkpoint) {
    byte[] bytes = checkpoint.files().get(NAME);
    if (bytes == null) {
      throw new JobException(
          ExitCode.STORAGE,
          "the checkpoint of round %d has no %s: an earlier version of this program wrote it; use that one, or train again"
              .formatted(checkpoint.round(), NAME));
    }
    try {
      JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
      JsonNode scaling = json.path("scaling");
      List<String> names = new ArrayList<>();
      json.path("classNames").forEach(name -> names.add(name.asText()));
      return new Preprocessing(
          new FeatureScaling(numbers(scaling, "shift"), numbers(scaling, "scale")), names);
    } catch (JsonProcessingException e) {
      throw new JobException(ExitCode.STORAGE, NAME + " of the checkpoint is no JSON", e);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          ExitCode.STORAGE, NAME + " of the checkpoint makes no sense: " + e.getMessage(), e);
    }
  }

  private static void put(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }

  /**
   * A list of numbers; none if it is not there. Anything else is no 0, as Jackson would have it.
   */
  private static double[] numbers(JsonNode scaling, String field) {
    JsonNode list = scaling.path(field);
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      if (!list.path(i).isNumber()) {
        throw new IllegalArgumentException("its %s is no list of numbers".formatted(field));
      }
      values[i] = list.get(i).asDouble();
    }
    return values;
  }
}
