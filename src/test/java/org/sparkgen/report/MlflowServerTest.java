package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;
import org.sparkgen.report.MlflowFailure.Kind;

class MlflowServerTest {
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");
  private static final String TOKEN = "s3cret-t0ken";

  private final MlflowLoopback loopback = new MlflowLoopback();
  private final MlflowServer server = server(Optional.empty());

  private MlflowServer server(Optional<String> token) {
    return new MlflowServer(loopback.uri() + "/", token, Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    loopback.close();
  }

  private MlflowRun begin() throws MlflowFailure, InterruptedException {
    return server.create(server.experiment("clothes & more"), "third", AT, Map.of("a b", "c"));
  }

  private static RoundScalars round(int round, Map<String, Double> values) {
    return new RoundScalars(round, AT.plusSeconds(round), new TreeMap<>(values));
  }

  @Test
  void mlflowsOwnClientReadsTheRun() throws Exception {
    MlflowRun run = begin();
    server.parameters(run, Map.of("model.latent", "20"));
    server.metrics(
        run, List.of(round(1, Map.of("loss/kl", 0.5)), round(2, Map.of("loss/kl", -1.))));
    server.tags(run, Map.of("sparkgen.version", "1"));
    server.end(run, RunStatus.FINISHED, AT.plusSeconds(9));

    try (MlflowClient client = new MlflowClient(loopback.uri())) {
      Service.Run read = client.getRun(run.runId());
      assertThat(read.getInfo().getRunName()).isEqualTo("third");
      assertThat(read.getInfo().getStartTime()).isEqualTo(AT.toEpochMilli());
      assertThat(read.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
      assertThat(client.getExperimentByName("clothes & more").orElseThrow().getExperimentId())
          .isEqualTo(run.experimentId());
      assertThat(read.getData().getParamsList())
          .extracting(Service.Param::getKey, Service.Param::getValue)
          .containsExactly(tuple("model.latent", "20"));
      assertThat(read.getData().getTagsList())
          .extracting(Service.RunTag::getKey)
          .containsExactly("a b", "sparkgen.version");
      assertThat(client.getMetricHistory(run.runId(), "loss/kl"))
          .extracting(Service.Metric::getStep, Service.Metric::getValue)
          .containsExactly(tuple(1L, 0.5), tuple(2L, -1.0));
    }
  }

  @Test
  void theLoopbackServesMlflowsOwnClientToo() {
    try (MlflowClient client = new MlflowClient(loopback.uri())) {
      String experiment = client.createExperiment("theirs");
      String run = client.createRun(experiment).getRunId();
      client.logBatch(
          run,
          List.of(
              Service.Metric.newBuilder()
                  .setKey("m")
                  .setValue(1)
                  .setTimestamp(2)
                  .setStep(3)
                  .build()),
          List.of(),
          List.of());
      client.setTerminated(run);

      assertThat(loopback.run().steps("m")).containsExactly(3L);
      assertThat(loopback.run().status()).isEqualTo(Service.RunStatus.FINISHED);
    }
  }

  @Test
  void anExperimentIsMadeOnce() throws Exception {
    assertThat(server.experiment("x")).isEqualTo(server.experiment("x")).isEqualTo("1");
    assertThat(server.experiment("y")).isEqualTo("2");
    assertThat(loopback.experiments()).containsOnlyKeys("x", "y");
  }

  @Test
  void whatIsTooMuchForARequestIsCut() throws Exception {
    MlflowRun run = begin();
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < 250; i++) {
      parameters.put("model.key" + i, "v");
    }
    parameters.put("data.path:glob*", "p".repeat(7000));
    parameters.put("n".repeat(300), "v");
    parameters.put("empty", "");
    List<RoundScalars> rounds = new ArrayList<>();
    for (int i = 1; i <= 999; i++) {
      rounds.add(
          round(i, Map.of("a", 1.0, "b", Double.NaN, "c", Double.POSITIVE_INFINITY, "d", 2.0)));
    }

    server.parameters(run, parameters);
    server.metrics(run, rounds);
    server.tags(run, Map.of("reason", "r".repeat(9000)));

    assertThat(loopback.run().parameters())
        .hasSize(252)
        .containsEntry("data.path_glob_", "p".repeat(6000))
        .containsEntry("n".repeat(250), "v");
    assertThat(loopback.run().metrics()).hasSize(2 * 999);
    assertThat(loopback.run().steps("d")).hasSize(999).doesNotHaveDuplicates();
    assertThat(loopback.run().tags().get("reason")).hasSize(5000);
    assertThat(loopback.calls()).filteredOn("POST runs/log-batch"::equals).hasSize(3 + 2 + 1);
  }

  @Test
  void theNewestStepIsThatOfAnyMetric() throws Exception {
    MlflowRun run = begin();
    assertThat(server.newestStep(run)).isZero();
    server.metrics(run, List.of(round(7, Map.of("a", 1.0)), round(12, Map.of("b", 1.0))));

    assertThat(server.newestStep(run)).isEqualTo(12);
  }

  @Test
  void aDeletedRunIsUnknown() throws Exception {
    MlflowRun run = begin();
    loopback.run().delete();

    assertThatExceptionOfType(MlflowFailure.class)
        .isThrownBy(() -> server.newestStep(run))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "mlflow-artifacts:/, 1/ID/artifacts/report.html",
    "mlflow-artifacts://host:5000/, 1/ID/artifacts/report.html",
    "mlflow-artifacts:/base/, base/1/ID/artifacts/report.html",
    "http://h:5000/api/2.0/mlflow-artifacts/artifacts/, 1/ID/artifacts/report.html"
  })
  void artifactsGoThroughTheServer(String root, String path) throws Exception {
    loopback.keepArtifactsAt(root);
    MlflowRun run = begin();

    assertThat(server.takesArtifacts(run)).isTrue();
    server.artifact(run, "report.html", "page".getBytes(StandardCharsets.UTF_8));

    assertThat(loopback.artifacts()).containsOnlyKeys(path.replace("ID", run.runId()));
    assertThat(loopback.artifacts().values())
        .first()
        .isEqualTo("page".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"s3://bucket/", "file:///runs/", "dbfs:/", "/srv/runs/"})
  void aStorePastTheServerIsLeftAlone(String root) throws Exception {
    loopback.keepArtifactsAt(root);

    assertThat(server.takesArtifacts(begin())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "500, UNREACHABLE, status 500 <html>out of order</html>",
    "503, UNREACHABLE, status 503",
    "429, UNREACHABLE, status 429",
    "404, REFUSED, status 404",
    "302, REFUSED, status 302",
    "200, REFUSED, no answer of MLflow: <html>out of order</html>"
  })
  void aServerThatIsNotWellIsTold(int status, Kind kind, String message) {
    loopback.breakDown(status, call -> true);

    assertThatExceptionOfType(MlflowFailure.class)
        .isThrownBy(() -> server.experiment("x"))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void aServerThatIsAwayIsTold() {
    loopback.close();

    assertThatExceptionOfType(MlflowFailure.class)
        .isThrownBy(() -> server.experiment("x"))
        .withMessageContaining("ConnectException")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedFor() {
    loopback.stall(new CountDownLatch(1));
    MlflowServer hasty = new MlflowServer(loopback.uri(), Optional.empty(), Duration.ofMillis(100));

    assertThatExceptionOfType(MlflowFailure.class)
        .isThrownBy(() -> hasty.experiment("x"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
  }

  @Test
  void theTokenIsSentAndNeverTold() throws Exception {
    loopback.demand("another");
    MlflowServer refused = server(Optional.of(TOKEN));

    // The server is so careless as to repeat it.
    assertThatExceptionOfType(MlflowFailure.class)
        .isThrownBy(() -> refused.experiment("x"))
        .withMessageContaining("status 401")
        .withMessageContaining("not allowed with Bearer ***")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TOKEN));

    loopback.demand(TOKEN);
    assertThat(refused.experiment("x")).isEqualTo("1");
  }

  @Test
  void aRunComesBackFromItsFile() throws Exception {
    MlflowRun run = begin();

    assertThat(MlflowRun.parse(run.json())).isEqualTo(run);
    assertThat(run.page())
        .isEqualTo("%s/#/experiments/1/runs/%s".formatted(loopback.uri(), run.runId()));
  }
}
