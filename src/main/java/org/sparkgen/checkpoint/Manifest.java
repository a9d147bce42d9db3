package org.sparkgen.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.averaging.NetState;

/**
 * What makes a checkpoint exist.
 *
 * @param round rounds completed
 * @param epoch epochs completed
 * @param attempt name of the folder that holds the files
 * @param configurationSha256 digest of the configuration that the numbers belong to
 * @param stateSha256 digest of the whole snapshot
 * @param weightsSha256 digest of its parameters
 * @param iterations updates made, by network
 * @param files sizes and digests
 * @param facts of the caller, such as seed and versions
 */
record Manifest(
    int round,
    int epoch,
    String attempt,
    String configurationSha256,
    String stateSha256,
    String weightsSha256,
    Map<String, Long> iterations,
    List<FileRecord> files,
    Map<String, String> facts) {
  private static final int FORMAT = 2;

  static Manifest of(
      Checkpoint checkpoint, String attempt, String configurationSha256, List<FileRecord> files) {
    Map<String, Long> iterations = new TreeMap<>();
    for (Map.Entry<String, NetState> net : checkpoint.snapshot().nets().entrySet()) {
      iterations.put(net.getKey(), net.getValue().iteration());
    }
    return new Manifest(
        checkpoint.round(),
        checkpoint.epoch(),
        attempt,
        configurationSha256,
        checkpoint.snapshot().stateSha256(),
        checkpoint.snapshot().weightsSha256(),
        iterations,
        files,
        checkpoint.facts());
  }

  byte[] toBytes() {
    ObjectNode json = SealedJson.newObject();
    json.put("format", FORMAT).put("round", round).put("epoch", epoch).put("attempt", attempt);
    json.put("configurationSha256", configurationSha256);
    json.put("stateSha256", stateSha256).put("weightsSha256", weightsSha256);
    ObjectNode nets = json.putObject("iterations");
    iterations.forEach(nets::put);
    FileRecord.write(files, json);
    ObjectNode told = json.putObject("facts");
    facts.forEach(told::put);
    return SealedJson.seal(json);
  }

  static Manifest parse(byte[] bytes) throws DamageException {
    ObjectNode json = SealedJson.open(bytes);
    int format = json.path("format").intValue();
    if (format != FORMAT) {
      throw new DamageException(
          "it has format %d, this version reads format %d".formatted(format, FORMAT));
    }
    int round = json.path("round").intValue();
    int epoch = json.path("epoch").intValue();
    if (round < 0 || epoch < 0) {
      throw new DamageException("it is of round %d and epoch %d".formatted(round, epoch));
    }
    Map<String, Long> iterations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> net : json.path("iterations").properties()) {
      iterations.put(net.getKey(), net.getValue().longValue());
    }
    Map<String, String> facts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> fact : json.path("facts").properties()) {
      facts.put(fact.getKey(), fact.getValue().asText());
    }
    return new Manifest(
        round,
        epoch,
        json.path("attempt").asText(),
        json.path("configurationSha256").asText(),
        json.path("stateSha256").asText(),
        json.path("weightsSha256").asText(),
        iterations,
        FileRecord.read(json),
        facts);
  }
}
