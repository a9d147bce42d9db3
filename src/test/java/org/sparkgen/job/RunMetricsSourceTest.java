package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.sink.CsvSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.RunConfig;
import org.sparkgen.report.RunEnding;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.spark.RunMetricsSource;
import org.sparkgen.training.RoundMetrics;

/** What Spark's own CSV sink writes of a run. */
class RunMetricsSourceTest {
  @TempDir private Path folder;

  /** A sink that writes when it is told to, and not by itself. */
  private Map<String, String> sink() {
    String key = "spark.metrics.conf.driver.sink.csv.";
    return Map.of(
        key + "class",
        CsvSink.class.getName(),
        key + "period",
        "10000",
        key + "unit",
        "hours",
        key + "directory",
        folder.toString());
  }

  /** Metric name to the values that were reported, one after the other. */
  private Map<String, List<String>> reported() {
    Map<String, List<String>> reported = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String[] name = file.getFileName().toString().split("\\.driver\\.sparkgen\\.", -1);
        if (name.length == 2) {
          List<String> lines = Files.readAllLines(file);
          reported.put(
              name[1].replace(".csv", ""),
              lines.stream().skip(1).map(line -> line.substring(line.indexOf(',') + 1)).toList());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reported;
  }

  @Test
  void sinksSeeTheNewestRound() {
    Map<String, List<String>> seen =
        LocalSpark.withSession(
            "local[1]",
            sink(),
            session -> {
              RunMetricsSource source = new RunMetricsSource();
              ToldRuns.tell(source, 2, 3);
              SparkEnv.get().metricsSystem().report();
              source.roundEnded(ToldRuns.rounds(4, 4).get(0));
              source.ended(RunEnding.finished(List.of()));
              SparkEnv.get().metricsSystem().report();
              return reported();
            });

    assertThat(seen)
        .containsOnlyKeys(
            "heldOut.loss",
            "loss.kl",
            "progress.epoch",
            "progress.imagesPerSecond",
            "progress.imagesSeen",
            "progress.round",
            "progress.rounds")
        .containsEntry("loss.kl", List.of(Double.toString(1 / 3.0), "0.25"))
        .containsEntry("progress.round", List.of("3.0", "4.0"))
        .containsEntry("progress.rounds", List.of("3.0", "3.0"))
        .containsEntry("progress.imagesPerSecond", List.of("200.0", "200.0"))
        .containsEntry("progress.imagesSeen", List.of("300.0", "400.0"));
  }

  @Test
  void aRunThatNeverEndedMakesRoomForTheNext() {
    Map<String, List<String>> seen =
        LocalSpark.withSession(
            "local[1]",
            sink(),
            session -> {
              ToldRuns.tell(new RunMetricsSource(), 0, 3);
              ToldRuns.tell(new RunMetricsSource(), 0, 5);
              SparkEnv.get().metricsSystem().report();
              return reported();
            });

    assertThat(seen).containsEntry("progress.round", List.of("5.0"));
  }

  @Test
  void aTrainingIsSeenBySparksSinks(@TempDir Path runs) {
    LocalSpark.withSession(
        "local[2]",
        sink(),
        session -> {
          RunConfig config = Trainings.vae(runs);
          Trainings.train(config);
          RoundMetrics last = Trainings.metrics(config.output().path()).get(2);
          assertThat(reported())
              .containsEntry("progress.round", List.of("3.0"))
              .containsEntry("loss.kl", List.of(last.losses().get("kl").toString()))
              .containsEntry("heldOut.loss", List.of(last.losses().get("heldOut.loss").toString()));
          return last;
        });
  }
}
