package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * {@code result.json}: how a run ended and where everything is.
 *
 * @param status finished or failed
 * @param exitCode the process exit code, such as {@link ExitCode#code}
 * @param reason why it failed; empty otherwise
 * @param rounds rounds finished
 * @param elapsed working time over all starts
 * @param weightsSha256 digest of the last weights; empty if no round ended
 * @param facts what the metrics cannot tell
 * @param artifacts every file left behind, with its digest
 */
public record ResultRecord(
    RunStatus status,
    int exitCode,
    Optional<String> reason,
    int rounds,
    Duration elapsed,
    Optional<String> weightsSha256,
    RunFacts facts,
    List<Artifact> artifacts) {
  private static final String FILE = "result.json";

  /** Copies the list. */
  public ResultRecord {
    artifacts = List.copyOf(artifacts);
  }

  /** The text of the file. */
  public String json() {
    ObjectNode object = Json.object();
    object.put("status", status.word());
    object.put("exitCode", exitCode);
    object.put("reason", reason.orElse(null));
    object.put("rounds", rounds);
    object.put("elapsedSeconds", elapsed.toMillis() / 1000.0);
    object.put("weightsSha256", weightsSha256.orElse(null));
    facts.best().ifPresent(best -> object.put("bestRound", best.round()));
    object.set("facts", facts.toJson());
    ArrayNode files = object.putArray("artifacts");
    for (Artifact artifact : artifacts) {
      files
          .addObject()
          .put("name", artifact.name())
          .put("path", artifact.path())
          .put("bytes", artifact.bytes())
          .put("sha256", artifact.sha256());
    }
    return Json.pretty(object);
  }

  /**
   * Reads the text of the file.
   *
   * @throws JobException (storage) naming the field that is wrong
   */
  public static ResultRecord parse(String text) {
    Json object = Json.parse(text, FILE);
    return new ResultRecord(
        status(object.text("status")),
        object.integer("exitCode"),
        object.optionalText("reason"),
        object.integer("rounds"),
        Duration.ofMillis(Math.round(1000 * object.number("elapsedSeconds"))),
        object.optionalText("weightsSha256"),
        RunFacts.fromJson(object.object("facts")),
        object.objects("artifacts").stream().map(ResultRecord::artifact).toList());
  }

  private static Artifact artifact(Json object) {
    return new Artifact(
        object.text("name"),
        object.text("path"),
        object.wholeNumber("bytes"),
        object.text("sha256"));
  }

  private static RunStatus status(String word) {
    try {
      return RunStatus.of(word);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          ExitCode.STORAGE,
          FILE + ": field 'status' must be running, finished or failed, but is \"" + word + "\"",
          e);
    }
  }
}
