package org.sparkgen.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.OptionalLong;
import org.sparkgen.job.BenchResult;
import org.sparkgen.job.BenchRound;

/**
 * A measurement as JSON objects, one a line: a line an epoch, then the medians. Names that other
 * trainers' benchmarks print too are {@code peer}, {@code workload}, {@code threads}, {@code epoch}
 * and the two {@code images_per_second}.
 */
final class BenchLines {
  private static final double TENTH = 10;
  private static final double MICRO = 1e6;

  private final BenchResult result;

  private BenchLines(BenchResult result) {
    this.result = result;
  }

  /** All lines, each with its line break. */
  static String of(BenchResult result) {
    BenchLines lines = new BenchLines(result);
    StringBuilder text = new StringBuilder();
    result.rounds().forEach(round -> text.append(lines.epoch(round)).append('\n'));
    return text.append(lines.summary()).append('\n').toString();
  }

  private ObjectNode epoch(BenchRound round) {
    ObjectNode line = begin();
    line.put("epoch", round.epoch());
    line.put("images_per_second", tenths(round.imagesPerSecond()));
    line.put("examples", round.examples());
    line.put("round_seconds", micros(round.wall()));
    putSeconds(line, "seconds", round.phases());
    putSeconds(line, "seconds_per_core", round.tasks());
    put(line, "native_bytes", round.nativeBytes());
    return line;
  }

  private ObjectNode summary() {
    ObjectNode line = begin();
    line.put("median_images_per_second", tenths(result.median(BenchRound::imagesPerSecond)));
    line.put("master", result.master());
    line.put("shards", result.shards());
    line.put("epochs", result.rounds().size());
    line.put("round_seconds", micros(result.median(BenchRound::wall)));
    putSeconds(line, "seconds", result.medians(BenchRound::phases));
    putSeconds(line, "seconds_per_core", result.medians(BenchRound::tasks));
    line.put("outside_steps_share", micros(result.median(BenchRound::outsideStepsShare)));
    line.put("seconds_to_first_step", micros(result.secondsToFirstStep()));
    line.put("peak_heap_bytes", result.peakHeapBytes());
    put(line, "resident_bytes", result.peakResidentBytes());
    put(line, "native_bytes", result.peakNativeBytes());
    put(line, "native_bytes_after_round_2", result.nativeBytesAfter(2));
    put(line, "native_bytes_after_last_round", result.nativeBytesAfter(result.rounds().size()));
    return line;
  }

  private ObjectNode begin() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("peer", "sparkgen")
        .put("workload", result.workload().toString())
        .put("threads", result.cores());
  }

  private static void putSeconds(ObjectNode line, String field, Map<String, Double> seconds) {
    ObjectNode object = line.putObject(field);
    seconds.forEach((name, value) -> object.put(name, micros(value)));
  }

  private static void put(ObjectNode line, String field, OptionalLong bytes) {
    if (bytes.isPresent()) {
      line.put(field, bytes.getAsLong());
    } else {
      line.putNull(field);
    }
  }

  private static double tenths(double value) {
    return Math.round(value * TENTH) / TENTH;
  }

  private static double micros(double value) {
    return Math.round(value * MICRO) / MICRO;
  }
}
