package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.RunStatus;
import org.sparkgen.LogLines;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.JobException;
import org.sparkgen.config.MlflowConfig;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.report.MlflowLoopback;
import org.sparkgen.report.MlflowServer;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.StoredRun;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.MemoryStorage;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** What a tracking server is told of runs, and what runs notice of a server that is not well. */
@ExtendWith(LocalSpark.class)
class RunTrackingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RunEnding FINISHED = RunEnding.finished(List.of());
  private static final String VARIABLE = "MLFLOW_TRACKING_TOKEN";
  private static final String TOKEN = "s3cret-t0ken";

  private final MemoryStorage storage = new MemoryStorage();
  private final MlflowLoopback server = new MlflowLoopback();
  private final LogLines log = LogLines.of(MlflowReporter.class);

  @AfterEach
  void close() {
    log.close();
    server.close();
  }

  private MlflowConfig config(Optional<String> variable) {
    return new MlflowConfig(server.uri(), "clothes", Optional.empty(), variable);
  }

  private RunTracking tracking() {
    return RunTracking.of(
        config(Optional.empty()), ToldRuns.folder(storage), storage, List::of, unused -> null);
  }

  private RunTracking hastyTracking(Duration patience) {
    RunFolder folder = ToldRuns.folder(storage);
    MlflowServer hasty = new MlflowServer(server.uri(), Optional.empty(), PATIENCE);
    return new RunTracking(
        new MlflowReporter(hasty, config(Optional.empty()), folder, storage), List::of, patience);
  }

  private static List<Long> upTo(int rounds) {
    return LongStream.rangeClosed(1, rounds).boxed().toList();
  }

  private List<String> warnings() {
    return log.at(Level.WARN);
  }

  @Test
  void aRunIsToldFromItsBeginningToItsEnd() {
    RunTracking tracking = tracking();
    storage.publish(ToldRuns.OUTPUT + "/report.html", "page");
    storage.publish(ToldRuns.OUTPUT + "/artifacts/model.json", "{}");
    ToldRuns.tell(tracking, 0, 5);
    tracking.ended(FINISHED);

    StoredRun run = server.run();
    assertThat(run.name()).isEqualTo("told");
    assertThat(run.started()).isEqualTo(ToldRuns.BEGUN.toEpochMilli());
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.ended()).isGreaterThan(run.started());
    assertThat(server.experiments()).containsOnlyKeys("clothes");
    assertThat(run.parameters())
        .isEqualTo(
            Map.of("model.key0", "value 0", "model.key1", "value 1", "model.key2", "value 2"));
    assertThat(run.tags())
        .containsEntry("sparkgen.version", "1.2.3")
        .containsEntry("sparkgen.dataFingerprint", "f00d")
        .containsEntry("sparkgen.output", ToldRuns.OUTPUT)
        .containsEntry("sparkgen.weightsSha256", "digest-5")
        .containsEntry("mlflow.source.name", "sparkgen");
    assertThat(run.steps("loss/kl")).isEqualTo(upTo(5));
    assertThat(run.steps("heldOut/loss")).isEqualTo(upTo(5));
    assertThat(run.metrics())
        .filteredOn(m -> m.getKey().equals("loss/kl") && m.getStep() == 4)
        .singleElement()
        .satisfies(m -> assertThat(m.getValue()).isEqualTo(0.25))
        .satisfies(
            m ->
                assertThat(m.getTimestamp())
                    .isEqualTo(ToldRuns.BEGUN.plusSeconds(4).toEpochMilli()));
    assertThat(server.artifacts()).hasSize(2);
    assertThat(server.artifacts().keySet())
        .allMatch(name -> name.endsWith("/report.html") || name.endsWith("/artifacts/model.json"));
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aFailureIsToldWithItsReason() {
    RunTracking tracking = tracking();
    ToldRuns.tell(tracking, 0, 1);
    tracking.ended(RunEnding.failed("NaN in round 2"));

    assertThat(server.run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(server.run().tags()).containsEntry("sparkgen.reason", "NaN in round 2");
  }

  @Test
  void aResumedRunGoesOnWhereItWas() {
    // Seven rounds are told, and the driver dies; the checkpoint is of the fifth.
    RunTracking killed = tracking();
    ToldRuns.tell(killed, 0, 7);
    killed.ended(RunEnding.failed("killed"));

    RunTracking resumed = tracking();
    ToldRuns.tell(resumed, 5, 9);
    resumed.ended(FINISHED);

    assertThat(server.run().steps("loss/kl")).isEqualTo(upTo(9));
    assertThat(server.run().status()).isEqualTo(RunStatus.FINISHED);
    assertThat(server.calls())
        .filteredOn(call -> call.endsWith("runs/create") || call.endsWith("experiments/create"))
        .hasSize(2);
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aRunThatTheServerLostIsToldAnew() {
    RunTracking killed = tracking();
    ToldRuns.tell(killed, 0, 3);
    killed.ended(RunEnding.failed("killed"));
    server.run().delete();

    RunTracking resumed = tracking();
    ToldRuns.tell(resumed, 3, 4);
    resumed.ended(FINISHED);

    assertThat(server.runs()).hasSize(2);
    assertThat(server.runs().values())
        .extracting(run -> run.steps("loss/kl"))
        .containsExactly(upTo(3), upTo(4));
  }

  @Test
  void aServerThatComesBackIsToldWhatItMissed() {
    server.breakDown(500, call -> call.equals("runs/log-batch"));
    RunTracking tracking = tracking();
    ToldRuns.tell(tracking, 0, 3);
    server.recover();
    tracking.roundEnded(ToldRuns.rounds(4, 4).get(0));
    tracking.ended(FINISHED);

    assertThat(server.run().steps("loss/kl")).isEqualTo(upTo(4));
    assertThat(server.run().parameters()).hasSize(3);
    assertThat(warnings()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aDeadServerIsOneWarning() {
    server.close();
    RunTracking tracking = tracking();
    ToldRuns.tell(tracking, 0, 20);
    tracking.ended(FINISHED);

    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("MLflow at " + server.uri() + ": java.net.ConnectException")
        .endsWith(". Training goes on; what is missing is sent when it can be");
    assertThat(storage.exists(ToldRuns.OUTPUT + "/mlflow.json")).isFalse();
  }

  @Test
  void aServerThatHangsDelaysNoRoundAndTheEndOnlyForSoLong() {
    CountDownLatch never = new CountDownLatch(1);
    server.stall(never);
    RunTracking tracking = hastyTracking(Duration.ofMillis(50));
    ToldRuns.tell(tracking, 0, 1_000);
    tracking.ended(FINISHED);

    // All of this came to pass while the first request was waiting.
    assertThat(never.getCount()).isEqualTo(1);
    assertThat(server.calls()).isEmpty();
    assertThat(warnings()).singleElement().asString().contains("took longer than 0 s at the end");
  }

  @Test
  void aRefusalIsOneWarningAndNothingMoreIsSent() {
    server.demand("another");
    RunTracking tracking =
        RunTracking.of(
            config(Optional.of(VARIABLE)),
            ToldRuns.folder(storage),
            storage,
            List::of,
            Map.of(VARIABLE, " " + TOKEN + "\n")::get);
    ToldRuns.tell(tracking, 0, 20);
    tracking.ended(FINISHED);

    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("status 401")
        .endsWith("Training goes on without it")
        .doesNotContain(TOKEN);
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void theTokenIsSentAndWrittenNowhere() {
    server.demand(TOKEN);
    RunTracking tracking =
        RunTracking.of(
            config(Optional.of(VARIABLE)),
            ToldRuns.folder(storage),
            storage,
            List::of,
            Map.of(VARIABLE, TOKEN)::get);
    ToldRuns.tell(tracking, 0, 2);
    tracking.ended(FINISHED);

    assertThat(server.run().steps("loss/kl")).isEqualTo(upTo(2));
    assertThat(storage.files().keySet())
        .allSatisfy(file -> assertThat(storage.readText(file)).doesNotContain(TOKEN));
    assertThat(log.events())
        .allSatisfy(e -> assertThat(e.getMessage().getFormattedMessage()).doesNotContain(TOKEN));
  }

  @Test
  void aVariableWithoutATokenIsNamedInTheOneWarning() {
    server.demand(TOKEN);
    RunTracking tracking =
        RunTracking.of(
            config(Optional.of(VARIABLE)),
            ToldRuns.folder(storage),
            storage,
            List::of,
            Map.of(VARIABLE, "to ken")::get);
    ToldRuns.tell(tracking, 0, 2);
    tracking.ended(FINISHED);

    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("the environment variable " + VARIABLE + " holds no token")
        .doesNotContain("to ken");
  }

  @Test
  void onlySoManyRoundsWait() {
    server.breakDown(500, call -> true);
    RunTracking tracking = tracking();
    int rounds = MlflowReporter.MOST_WAITING + 5;
    tracking.begun(ToldRuns.record(rounds, 1), ToldRuns.rounds(1, rounds));
    server.recover();
    tracking.ended(FINISHED);

    List<Long> steps = server.run().steps("loss/kl");
    assertThat(steps).hasSize(MlflowReporter.MOST_WAITING);
    assertThat(steps.get(0)).isEqualTo(6);
  }

  @Test
  void anOutputThatCannotRememberTheRunIsAWarningToo() {
    RunTracking tracking = tracking();
    storage.delete(ToldRuns.OUTPUT + "/lease.json");
    ToldRuns.tell(tracking, 0, 1);
    tracking.ended(FINISHED);

    assertThat(warnings()).singleElement().asString().contains("lease.json is gone");
  }

  @Test
  void aTrainingThatDiedIsOneRunWithOneCurve(@TempDir Path folder, SparkSession session) {
    RunConfig config =
        Trainings.vae(folder, "output.mlflow.uri=" + server.uri(), "output.mlflow.runName=vae 7");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                Trainings.train(
                    config, new MortalStorage(Death.AFTER, "round-000002/manifest.json")))
        .withMessage(MortalStorage.MESSAGE);
    Trainings.train(config);

    List<RoundMetrics> metrics = Trainings.metrics(config.output().path());
    StoredRun run = server.run();
    assertThat(run.name()).isEqualTo("vae 7");
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.parameters())
        .containsEntry("model.latent", "4")
        .containsEntry("training.batchSize", "16")
        .doesNotContainKeys("output.path", "output.mlflow.uri");
    assertThat(run.tags())
        .containsEntry("sparkgen.weightsSha256", metrics.get(2).weightsSha256())
        .containsEntry("sparkgen.output", config.output().path());
    for (String key : List.of("loss/kl", "heldOut/loss", "progress/imagesPerSecond")) {
      assertThat(run.steps(key)).as(key).isEqualTo(upTo(3));
    }
    assertThat(run.metrics())
        .filteredOn(m -> m.getKey().equals("loss/kl"))
        .extracting(m -> m.getValue())
        .isEqualTo(metrics.stream().map(m -> m.losses().get("kl")).toList());
    String root = "1/%032x/artifacts/".formatted(1);
    assertThat(server.artifacts())
        .containsOnlyKeys(
            root + "artifacts/model.json",
            root + "interpolations/final.png",
            root + "latent-map/final.svg",
            root + "reconstructions/final.png",
            root + "report.html",
            root + "samples/final.png",
            root + "samples/round-000001.png",
            root + "samples/round-000002.png",
            root + "samples/round-000003.png",
            root + "traversals/final.png");
    Storage disk = Storage.open();
    server
        .artifacts()
        .forEach(
            (name, content) ->
                assertThat(content)
                    .as(name)
                    .isEqualTo(
                        disk.readBytes(
                            config.output().path() + "/" + name.substring(root.length()))));
  }

  @Test
  void aDeadServerChangesNothingOfATraining(@TempDir Path folder, SparkSession session) {
    String plain = folder.resolve("plain").toString();
    String tracked = folder.resolve("tracked").toString();
    server.close();
    Trainings.train(Trainings.vae(folder, "output.path=" + plain));
    Trainings.train(
        Trainings.vae(
            folder,
            "output.path=" + tracked,
            "output.events=true",
            "output.mlflow.uri=" + server.uri()));

    assertThat(Trainings.state(tracked)).isEqualTo(Trainings.state(plain));
    assertThat(warnings()).hasSize(1);
  }
}
