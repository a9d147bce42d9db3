package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** The best round is kept and published, and training stops when rounds get no better. */
@ExtendWith(LocalSpark.class)
class BestRoundTest {
  /** A rate that rises until the held-out loss does, too, without ever being infinite. */
  private static final String[] RESTLESS = {
    "training.epochs=8",
    "training.optimizer.learningRate=0.5",
    "training.optimizer.schedule.warmupEpochs=7",
    "evaluation.select=loss",
    "output.samples=0",
    "output.checkpoints.every=100"
  };

  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private static String[] with(String... more) {
    String[] all = Arrays.copyOf(RESTLESS, RESTLESS.length + more.length);
    System.arraycopy(more, 0, all, RESTLESS.length, more.length);
    return all;
  }

  private static RoundMetrics lowest(List<RoundMetrics> rounds) {
    return rounds.stream().min((a, b) -> Double.compare(loss(a), loss(b))).orElseThrow();
  }

  private static double loss(RoundMetrics round) {
    return round.losses().get("heldOut.loss");
  }

  private ResultRecord result(String output) {
    return PastRun.of(storage, output).result().orElseThrow();
  }

  @Test
  void theBestRoundsCheckpointStaysAndItsWeightsArePublished(SparkSession session) {
    TrainResult result = Trainings.train(Trainings.vae(folder, with()));

    RoundMetrics best = lowest(Trainings.metrics(result.output()));
    assertThat(best.round()).as("the settings make an early round the best").isLessThan(7);
    Snapshot kept =
        new Checkpoints(storage, result.output(), 1)
            .verified(best.round())
            .orElseThrow()
            .snapshot();
    assertThat(kept.weightsSha256()).isEqualTo(best.weightsSha256());
    assertThat(storage.readText(result.output() + "/artifacts/model.json"))
        .contains(best.weightsSha256())
        .doesNotContain(result.weightsSha256());
    assertThat(result(result.output()).facts().best())
        .contains(new BestRound(best.round(), "loss", loss(best)));
    assertThat(storage.readText(result.output() + "/result.json"))
        .contains("\"bestRound\" : " + best.round());
    assertThat(storage.readText(result.output() + "/report.html"))
        .contains("Round " + best.round() + " has the best held-out loss");
    EvaluateResult evaluated = EvaluateJobTest.evaluate(storage, result.output());
    assertThat(evaluated.round()).isEqualTo(best.round());
    assertThat(evaluated.weightsSha256()).isEqualTo(best.weightsSha256());
  }

  @Test
  void trainingStopsWhenItsPatienceEndsAndAResumedOneInTheSameRound(
      SparkSession session, @TempDir Path elsewhere) {
    TrainResult stopped = Trainings.train(Trainings.vae(folder, with("evaluation.patience=2")));

    List<RoundMetrics> rounds = Trainings.metrics(stopped.output());
    int best = lowest(rounds).round();
    assertThat(stopped.rounds()).isEqualTo(best + 2).isLessThan(8);
    String reason = result(stopped.output()).facts().stopped().orElseThrow();
    assertThat(reason)
        .isEqualTo(
            "Training stopped after round %d: loss has not improved in 2 evaluations since round %d."
                .formatted(best + 2, best));
    assertThat(storage.readText(stopped.output() + "/report.html")).contains(reason);

    RunConfig other =
        Trainings.vae(
            folder, with("evaluation.patience=2", "output.path=" + elsewhere.resolve("run")));
    String lastManifest = "round-%06d/manifest.json".formatted(best + 2);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(other, new MortalStorage(Death.BEFORE, lastManifest)))
        .withMessage(MortalStorage.MESSAGE);
    assertThat(Trainings.newest(other.output().path()).round()).isEqualTo(best);
    TrainResult resumed = Trainings.train(other);
    assertThat(resumed.rounds()).isEqualTo(stopped.rounds());
    assertThat(losses(resumed.output())).isEqualTo(losses(stopped.output()));
    assertThat(result(resumed.output()).facts().stopped()).contains(reason);
  }

  private static Map<Integer, Map<String, Double>> losses(String output) {
    Map<Integer, Map<String, Double>> losses = new TreeMap<>();
    Trainings.metrics(output).forEach(round -> losses.put(round.round(), round.losses()));
    return losses;
  }

  @Test
  void aLostBestRoundIsNotReplacedByAnother(SparkSession session) {
    RunConfig config = Trainings.vae(folder, with());
    TrainResult result = Trainings.train(config);
    int best = lowest(Trainings.metrics(result.output())).round();
    storage.delete(result.output() + "/checkpoints/round-%06d".formatted(best));
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> EvaluateJobTest.evaluate(storage, result.output()))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .withMessageContaining("round %d, whose weights this run published".formatted(best));
    storage.delete(result.output() + "/_SUCCESS");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(config))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .withMessageContaining(
            "the checkpoint of round %d, the best one, is missing".formatted(best));
  }
}
