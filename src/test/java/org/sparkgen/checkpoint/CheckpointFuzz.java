package org.sparkgen.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgen.config.JobException;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;
import org.sparkgen.storage.Digests;
import org.sparkgen.storage.MemoryStorage;

/** Fuzz targets: what a checkpoint and an output folder consist of. */
public final class CheckpointFuzz {
  private static final String RUN = "memory://store/run";
  private static final String ROUND = RUN + "/checkpoints/round-000001/";
  private static final Pattern SEAL = Pattern.compile("\"selfSha256\" : \"([0-9a-f]{64})\"");

  private CheckpointFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    MemoryStorage storage = new MemoryStorage();
    new Checkpoints(storage, RUN, 2).publish(Examples.small(1, 1));
    String parameters =
        storage.files().keySet().stream()
            .filter(uri -> uri.endsWith(".parameters.f32"))
            .findFirst()
            .orElseThrow();
    return List.of(
        new FuzzTarget(
            "manifest",
            List.of(storage.files().get(ROUND + "manifest.json")),
            CheckpointFuzz::sealed,
            input -> loaded(storage, ROUND + "manifest.json", input)),
        FuzzTarget.of(
            "checkpoint-file",
            List.of(storage.files().get(parameters)),
            input -> loaded(storage, parameters, input)),
        FuzzTarget.of("float-file", List.of(new byte[32], new byte[33]), CheckpointFuzz::floats),
        new FuzzTarget(
            "success", List.of(success()), CheckpointFuzz::sealed, CheckpointFuzz::completed),
        FuzzTarget.of("run-json", List.of(record()), CheckpointFuzz::recorded));
  }

  private static byte[] success() {
    FileRecord file = new FileRecord("report.html", 12, "0".repeat(64));
    return new Completion(Map.of("status", "ok"), List.of(file)).toBytes();
  }

  private static byte[] record() {
    return "{\"application\":\"sparkgen\",\"phase\":\"RUN\",\"configuration\":{\"run.seed\":\"1\"}}"
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The text with the seal that belongs to what is in it now, if it still has a place for one. */
  private static byte[] sealed(byte[] json) {
    String text = new String(json, StandardCharsets.ISO_8859_1);
    Matcher seal = SEAL.matcher(text);
    if (!seal.find()) {
      return json;
    }
    String open = text.substring(0, seal.start(1)) + "0".repeat(64) + text.substring(seal.end(1));
    String digest = Digests.sha256(open.getBytes(StandardCharsets.ISO_8859_1));
    return (text.substring(0, seal.start(1)) + digest + text.substring(seal.end(1)))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** In place of one of a checkpoint's files. */
  private static Verdict loaded(MemoryStorage storage, String uri, byte[] input) {
    byte[] whole = storage.files().put(uri, input);
    try {
      LatestCheckpoint latest = new Checkpoints(storage, RUN, 2).latestVerified();
      return latest.checkpoint().isPresent() ? Verdict.READ : Verdict.REFUSED;
    } finally {
      storage.files().put(uri, whole);
    }
  }

  /** The first byte says how many are asked for. */
  private static Verdict floats(byte[] input) throws IOException {
    int count = input.length == 0 ? 1 : input[0] & 0xFF;
    try {
      return FloatFile.read(new ByteArrayInputStream(input), count).length == count
          ? Verdict.READ
          : Verdict.REFUSED;
    } catch (EOFException e) {
      return Verdict.REFUSED;
    }
  }

  private static Verdict completed(byte[] input) {
    MemoryStorage storage = new MemoryStorage();
    storage.publish(OutputNames.success(RUN), input);
    return Completion.read(storage, RUN)
        .map(
            completion ->
                completion.missing(storage, RUN).isEmpty() ? Verdict.READ : Verdict.REFUSED)
        .orElse(Verdict.REFUSED);
  }

  private static Verdict recorded(byte[] input) {
    MemoryStorage storage = new MemoryStorage();
    storage.publish(RUN + "/run.json", input);
    try {
      return FolderRecord.read(storage, RUN + "/run.json").isPresent()
          ? Verdict.READ
          : Verdict.REFUSED;
    } catch (DamageException | JobException e) {
      return Verdict.REFUSED;
    }
  }
}
