package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What became of the listed inputs. Accepted plus rejected is listed.
 *
 * @param path {@code data.path}
 * @param shape an example in words, such as {@code 1 x 28 x 28, uint8}
 * @param listed examples found
 * @param rejected examples that were not used
 * @param shardExamples training examples of each shard, in shard order
 * @param heldOut examples for held-out metrics; 0 if there are none
 * @param rejects the first rejects with their reasons; 20 are shown
 * @param fingerprint digest of the input listing
 */
public record DataSummary(
    String path,
    String shape,
    long listed,
    long rejected,
    List<Long> shardExamples,
    long heldOut,
    List<RejectedInput> rejects,
    String fingerprint) {
  /** Rejects that are shown and kept in {@code run.json}. */
  static final int MOST_REJECTS = 20;

  /** Copies the lists; keeps the first 20 rejects. */
  public DataSummary {
    shardExamples = List.copyOf(shardExamples);
    rejects = List.copyOf(rejects.subList(0, Math.min(MOST_REJECTS, rejects.size())));
  }

  /** Examples that are used. */
  public long accepted() {
    return listed - rejected;
  }

  ObjectNode toJson() {
    ObjectNode object = Json.object();
    object.put("path", path);
    object.put("shape", shape);
    object.put("listed", listed);
    object.put("accepted", accepted());
    object.put("rejected", rejected);
    ArrayNode shards = object.putArray("shardExamples");
    shardExamples.forEach(shards::add);
    object.put("heldOut", heldOut);
    ArrayNode list = object.putArray("rejects");
    rejects.forEach(r -> list.addObject().put("source", r.source()).put("reason", r.reason()));
    object.put("fingerprint", fingerprint);
    return object;
  }

  static DataSummary fromJson(Json object) {
    return new DataSummary(
        object.text("path"),
        object.text("shape"),
        object.wholeNumber("listed"),
        object.wholeNumber("rejected"),
        object.wholeNumbers("shardExamples"),
        object.wholeNumber("heldOut"),
        object.objects("rejects").stream()
            .map(r -> new RejectedInput(r.text("source"), r.text("reason")))
            .toList(),
        object.text("fingerprint"));
  }
}
