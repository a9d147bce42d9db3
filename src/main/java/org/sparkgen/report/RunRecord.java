package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * {@code run.json}: what a run was asked to do, with what, and on what. Written when a run begins.
 *
 * @param name {@code run.name}
 * @param family {@code model.family} as written in a configuration
 * @param seed {@code run.seed}
 * @param rounds rounds that the configuration asks for
 * @param started when this output was begun
 * @param configurationText the whole configuration as HOCON, secrets masked
 * @param configuration every key with its value as text, secrets masked; the order is kept
 * @param versions what the run ran on when it was begun
 * @param data what became of the inputs, with their fingerprint
 */
public record RunRecord(
    String name,
    String family,
    long seed,
    int rounds,
    Instant started,
    String configurationText,
    Map<String, String> configuration,
    Versions versions,
    DataSummary data) {
  private static final String FILE = "run.json";

  /** Copies the map and keeps its order. */
  public RunRecord {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }

  /** The text of the file. */
  public String json() {
    ObjectNode object = Json.object();
    object.put("name", name);
    object.put("family", family);
    object.put("seed", seed);
    object.put("rounds", rounds);
    object.put("started", started.toString());
    object.set("data", data.toJson());
    Json.putTexts(object, "versions", versions.facts());
    Json.putTexts(object, "configuration", configuration);
    object.put("configurationText", configurationText);
    return Json.pretty(object);
  }

  /**
   * Reads the text of the file.
   *
   * @throws JobException (storage) naming the field that is wrong
   */
  public static RunRecord parse(String text) {
    Json object = Json.parse(text, FILE);
    return new RunRecord(
        object.text("name"),
        object.text("family"),
        object.wholeNumber("seed"),
        object.integer("rounds"),
        instant(object.text("started")),
        object.text("configurationText"),
        object.texts("configuration"),
        new Versions(object.texts("versions")),
        DataSummary.fromJson(object.object("data")));
  }

  /**
   * Reads only the configuration, which the file has from its first moment on.
   *
   * @throws JobException (storage) if it is not there
   */
  public static String configurationText(String text) {
    return Json.parse(text, FILE).text("configurationText");
  }

  /** Whether the file has more than the configuration: examples were read. */
  public static boolean isBegun(String text) {
    return Json.parse(text, FILE).optionalText("started").isPresent();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new JobException(
          ExitCode.STORAGE,
          FILE + ": field 'started' must be a time such as 2026-03-01T09:30:00Z, but is " + text,
          e);
    }
  }
}
