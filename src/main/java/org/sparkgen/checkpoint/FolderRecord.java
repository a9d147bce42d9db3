package org.sparkgen.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageFailure;

/**
 * {@code run.json}: whose folder this is, and of which configuration.
 *
 * @param configuration every key and its value
 * @param phase whether an overwrite is under way
 */
record FolderRecord(Map<String, String> configuration, Phase phase) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String APPLICATION = "sparkgen";

  /** What is going on in the folder. */
  enum Phase {
    /** Its content belongs to the recorded configuration. */
    RUN,
    /** Its content is being deleted. */
    CLEARING
  }

  /** The folder's record; empty if it has none. */
  static Optional<FolderRecord> read(Storage storage, String uri) throws DamageException {
    JsonNode json;
    try {
      json = MAPPER.readTree(storage.readBytes(uri));
    } catch (IOException e) {
      throw new DamageException("it is no JSON", e);
    } catch (JobException e) {
      if (StorageFailure.of(e) == StorageFailure.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
    if (!json.path("application").asText().equals(APPLICATION)
        || !json.path("configuration").isObject()) {
      throw new DamageException("it is not a run.json of sparkgen");
    }
    Map<String, String> configuration = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("configuration").properties()) {
      configuration.put(entry.getKey(), entry.getValue().asText());
    }
    boolean clearing = json.path("phase").asText().equals(Phase.CLEARING.name());
    return Optional.of(new FolderRecord(configuration, clearing ? Phase.CLEARING : Phase.RUN));
  }

  /**
   * The record's text.
   *
   * @param facts a JSON object whose fields are added
   */
  static String write(Configuration configuration, Phase phase, String facts) {
    ObjectNode json = MAPPER.createObjectNode();
    try {
      if (!(MAPPER.readTree(facts) instanceof ObjectNode object)) {
        throw new IllegalArgumentException("facts of a run are a JSON object, not " + facts);
      }
      json.setAll(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("facts of a run are a JSON object, not " + facts, e);
    }
    json.put("application", APPLICATION);
    json.put("phase", phase.name());
    json.put("configurationSha256", configuration.sha256());
    ObjectNode values = json.putObject("configuration");
    configuration.values().forEach(values::put);
    json.put("configurationText", configuration.text());
    return json.toPrettyString() + "\n";
  }
}
