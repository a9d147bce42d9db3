package org.sparkgen.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.storage.StorageFailure;

/**
 * {@code _SUCCESS}: that a run is finished, and everything that it left behind.
 *
 * @param result what the run came to, in the caller's words
 * @param files all final files, names below the output folder; checkpoints have their own manifests
 */
public record Completion(Map<String, String> result, List<FileRecord> files) {

  /** Copies both. */
  public Completion {
    result = new TreeMap<>(result);
    files = List.copyOf(files);
  }

  /**
   * What the folder's {@code _SUCCESS} says; empty if there is none or it is damaged. Whether the
   * files are there is a question for {@link #missing} and {@link #damages}.
   */
  public static Optional<Completion> read(Storage storage, String runUri) {
    try {
      ObjectNode json = SealedJson.open(storage.readBytes(OutputNames.success(runUri)));
      Map<String, String> result = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : json.path("result").properties()) {
        result.put(entry.getKey(), entry.getValue().asText());
      }
      return Optional.of(new Completion(result, FileRecord.read(json)));
    } catch (DamageException e) {
      return Optional.empty();
    } catch (JobException e) {
      return switch (StorageFailure.of(e)) {
        case MISSING, DAMAGED -> Optional.empty();
        case EXISTS, DENIED, UNREACHABLE, FULL, UNSUPPORTED, OTHER -> throw e;
      };
    }
  }

  /** Whether a folder's run is finished, and every file that it left is there in its size. */
  public static boolean isWhole(Storage storage, String runUri) {
    return read(storage, runUri).filter(c -> c.missing(storage, runUri).isEmpty()).isPresent();
  }

  /** One sentence for each file that is not there in its size; reads no content. */
  public List<String> missing(Storage storage, String runUri) {
    Map<String, Long> sizes = new TreeMap<>();
    for (StorageEntry entry : storage.listFiles(runUri)) {
      sizes.put(entry.name(), entry.length());
    }
    List<String> problems = new ArrayList<>();
    for (FileRecord file : files) {
      Long size = sizes.get(file.name());
      if (size == null) {
        problems.add("%s is missing.".formatted(file.name()));
      } else if (size != file.size()) {
        problems.add("%s has %d bytes instead of %d.".formatted(file.name(), size, file.size()));
      }
    }
    return problems;
  }

  /** As {@link #missing}, and one sentence for each file whose bytes have another SHA-256. */
  public List<String> damages(Storage storage, String runUri) {
    List<String> problems = new ArrayList<>(missing(storage, runUri));
    Map<String, String> uris = new TreeMap<>();
    for (StorageEntry entry : storage.listFiles(runUri)) {
      uris.put(entry.name(), entry.uri());
    }
    for (FileRecord file : files) {
      String uri = uris.get(file.name());
      if (uri != null && !storage.sha256(uri).equals(file.sha256())) {
        problems.add("%s has another SHA-256 than recorded.".formatted(file.name()));
      }
    }
    return problems;
  }

  /** The folder's final files as they are now, with the given result. */
  static Completion of(Storage storage, String runUri, Map<String, String> result) {
    List<FileRecord> files = new ArrayList<>();
    for (StorageEntry entry : storage.listFiles(runUri)) {
      if (isFinal(entry.name())) {
        files.add(new FileRecord(entry.name(), entry.length(), storage.sha256(entry.uri())));
      }
    }
    return new Completion(result, files);
  }

  byte[] toBytes() {
    ObjectNode json = SealedJson.newObject();
    ObjectNode told = json.putObject("result");
    result.forEach(told::put);
    FileRecord.write(files, json);
    return SealedJson.seal(json);
  }

  private static boolean isFinal(String name) {
    return !name.startsWith(OutputNames.CHECKPOINTS + "/")
        && !name.equals(OutputNames.LEASE)
        && !name.equals(OutputNames.HEARTBEAT)
        && !name.equals(OutputNames.SUCCESS)
        && !OutputNames.isLeftover(name);
  }
}
