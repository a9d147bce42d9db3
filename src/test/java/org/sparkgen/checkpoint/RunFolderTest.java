package org.sparkgen.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.storage.MemoryStorage;

/** What an output folder is taken for, and who may write into it. */
class RunFolderTest {
  private static final String RUN = "memory://store/run";
  private static final Map<String, String> CONFIGURATION =
      Map.of("run.seed", "42", "training.epochs", "20", "output.path", RUN);

  private final MemoryStorage storage = new MemoryStorage();

  @Test
  void aMissingFolderIsFresh() {
    RunFolder folder = open();

    assertThat(folder.state()).isEqualTo(RunFolder.State.FRESH);
    assertThat(folder.uri()).isEqualTo(RUN);
    assertThat(folder.uri("samples/final.png")).isEqualTo(RUN + "/samples/final.png");
    assertThat(names()).containsExactly("lease.json", "run.json");
    assertThat(folder.recorded())
        .contains("\"training.epochs\" : \"20\"", folder.configurationSha256(), "epochs = 20");
  }

  @Test
  void aDriverKilledBeforeRunJsonLeavesAFreshFolder() {
    storage.publish(RUN + "/lease.json", "");
    storage.publish(RUN + "/.run.json.0f0e0d0c-0000-4000-8000-000000000000.tmp", "{");

    assertThat(open().state()).isEqualTo(RunFolder.State.FRESH);
  }

  @Test
  void theSameConfigurationIsResumed() {
    open().checkpoints(2).publish(Examples.checkpoint(3));

    RunFolder again = open();

    assertThat(again.state()).isEqualTo(RunFolder.State.RESUMED);
    Examples.assertSame(
        again.checkpoints(2).latestVerified().checkpoint().orElseThrow(), Examples.checkpoint(3));
  }

  @Test
  void aPathSpelledDifferentlyIsNoDifference() {
    String digest = open().configurationSha256();

    RunFolder again = open(with("output.path", "./run"), OverwritePolicy.REFUSE);

    assertThat(again.state()).isEqualTo(RunFolder.State.RESUMED);
    assertThat(again.configurationSha256()).isEqualTo(digest);
  }

  @Test
  void dashboardsMayBeSwitchedOnInBetween() {
    String digest = open().configurationSha256();

    Map<String, String> watched = new TreeMap<>(CONFIGURATION);
    watched.put("output.events", "true");
    watched.put("output.mlflow.uri", "http://host:5000");
    RunFolder again = open(watched, OverwritePolicy.REFUSE);

    assertThat(again.state()).isEqualTo(RunFolder.State.RESUMED);
    assertThat(again.configurationSha256()).isEqualTo(digest);
  }

  @Test
  void resumingSweepsUpAfterAKilledPublication() {
    open();
    storage.publish(RUN + "/.metrics.jsonl.0f0e0d0c-0000-4000-8000-000000000000.tmp", "x");

    open();

    assertThat(names()).containsExactly("lease.json", "run.json");
  }

  @Test
  void anotherConfigurationIsRefusedKeyByKey() {
    open().commit("metrics.jsonl", "{}");
    Map<String, byte[]> before = Map.copyOf(storage.files());
    Map<String, String> other = with("training.epochs", "50");
    other.put("model.beta", "4.0");
    other.remove("run.seed");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> open(other, OverwritePolicy.REFUSE))
        .withMessage(
            """
            output.path = memory://store/run holds a run of another configuration:
              model.beta: there (not set), here 4.0
              run.seed: there 42, here (not set)
              training.epochs: there 20, here 50
            Choose another output.path, or restore these settings to go on with that run. With \
            --overwrite its checkpoints, samples, artifacts and reports are deleted for good and \
            the training starts afresh.""")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(storage.files()).isEqualTo(before);
  }

  @Test
  void aRunThatFailedBeforeItsFirstRoundMakesRoomForItsCorrection() {
    RunFolder failed = open();
    failed.commit("rejects/part-00000", "{}");
    failed.commit("result.json", "{}");
    failed.abandon();
    storage.publish(RUN + "/notes.txt", "theirs");

    RunFolder corrected = open(with("data.path", "right"), OverwritePolicy.REFUSE);

    assertThat(corrected.state()).isEqualTo(RunFolder.State.FRESH);
    assertThat(names()).containsExactly("lease.json", "notes.txt", "run.json");
    assertThat(corrected.recorded()).contains("\"data.path\" : \"right\"");
  }

  @Test
  void aFailedRunWithARoundIsKept() {
    RunFolder folder = open();
    folder.checkpoints(2).publish(Examples.checkpoint(1));
    folder.abandon();
    assertRefused("another configuration");

    storage.delete(RUN + "/checkpoints");
    storage.publish(RUN + "/metrics.jsonl", "{}");
    assertRefused("another configuration");
  }

  @Test
  void aFolderWhoseDriverMayBeAtWorkIsRefused() {
    open();

    assertRefused("With --overwrite its checkpoints");
  }

  private void assertRefused(String reason) {
    Map<String, byte[]> before = Map.copyOf(storage.files());
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> open(with("data.path", "right"), OverwritePolicy.REFUSE))
        .withMessageContaining(reason);
    assertThat(storage.files()).isEqualTo(before);
  }

  @Test
  void foreignFilesAreRefusedUnderEitherPolicy() {
    for (String name : List.of("a", "b", "c", "d", "e", "f/g")) {
      storage.publish(RUN + "/" + name, "theirs");
    }
    for (OverwritePolicy policy : OverwritePolicy.values()) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> open(CONFIGURATION, policy))
          .withMessage(
              "output.path = memory://store/run holds 6 files or folders and no run.json, so it is"
                  + " not the output of a run (a, b, c, d, e, ...). Choose a new or empty folder;"
                  + " --overwrite does not touch files of others.")
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
    assertThat(storage.files()).hasSize(6);
  }

  @Test
  void aRunJsonOfSomeoneElseIsRefusedUnderEitherPolicy() {
    storage.publish(RUN + "/run.json", "{\"application\": \"other\"}");
    storage.publish(RUN + "/checkpoints/theirs", "x");
    for (OverwritePolicy policy : OverwritePolicy.values()) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> open(CONFIGURATION, policy))
          .withMessageContaining("holds a run.json, but it is not a run.json of sparkgen")
          .withMessageContaining("delete the folder yourself");
    }
    assertThat(storage.files()).hasSize(2);
  }

  @Test
  void aDamagedRunJsonIsRefused() {
    storage.publish(RUN + "/run.json", "{\"applica");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(this::open)
        .withMessageContaining("holds a run.json, but it is no JSON, so nobody knows");
  }

  @Test
  void aFileIsNoFolder() {
    storage.publish(RUN, "x");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(this::open)
        .withMessage("output.path = memory://store/run is a file; a folder was expected.");
  }

  @Test
  void completeNamesEveryFinalFile() {
    RunFolder folder = open();
    folder.checkpoints(2).publish(Examples.checkpoint(1));
    folder.commit("samples/final.png", "image".getBytes(UTF_8));
    storage.publish(folder.uri("samples/samples.parquet") + "/_SUCCESS", "");
    folder.record("{\"versions\": {\"java\": \"17\"}}");
    folder.complete(Map.of("status", "ok"));

    Completion completion = Completion.read(storage, RUN).orElseThrow();
    assertThat(completion.files())
        .extracting(FileRecord::name)
        .containsExactly("run.json", "samples/final.png", "samples/samples.parquet/_SUCCESS");
    assertThat(completion.result()).containsExactly(Map.entry("status", "ok"));
    assertThat(completion.damages(storage, RUN)).isEmpty();
    assertThat(names()).contains("_SUCCESS").doesNotContain("lease.json");
    assertThat(storage.readText(RUN + "/run.json")).contains("\"java\" : \"17\"");
  }

  @Test
  void aCompleteRunIsLeftAlone() {
    completed();
    Map<String, byte[]> before = Map.copyOf(storage.files());

    RunFolder again = open();

    assertThat(again.state()).isEqualTo(RunFolder.State.COMPLETE);
    assertThat(storage.files()).isEqualTo(before);
    assertThatIllegalStateException()
        .isThrownBy(() -> again.commit("report.html", "x"))
        .withMessageContaining("the run is complete");
  }

  @Test
  void whatIsNotWholeIsNotComplete() {
    completed();
    storage.delete(RUN + "/report.html");

    RunFolder again = open();

    assertThat(again.state()).isEqualTo(RunFolder.State.RESUMED);
    assertThat(storage.exists(RUN + "/_SUCCESS")).isFalse();
  }

  @Test
  void aDamagedSuccessIsNotBelieved() {
    completed();
    storage.files().get(RUN + "/_SUCCESS")[100] ^= 1;

    assertThat(open().state()).isEqualTo(RunFolder.State.RESUMED);
  }

  @Test
  void damagesOfAFinishedRunAreNamed() {
    completed();
    Completion completion = Completion.read(storage, RUN).orElseThrow();
    storage.files().get(RUN + "/report.html")[0] ^= 1;
    storage.delete(RUN + "/metrics.jsonl");

    assertThat(completion.damages(storage, RUN))
        .containsExactly(
            "metrics.jsonl is missing.", "report.html has another SHA-256 than recorded.");
    storage.publish(RUN + "/report.html", "longer than before");
    assertThat(completion.missing(storage, RUN))
        .containsExactly("metrics.jsonl is missing.", "report.html has 18 bytes instead of 6.");
  }

  @Test
  void overwriteDeletesOurNamesOnly() {
    completed();
    storage.publish(RUN + "/notes.txt", "theirs");

    RunFolder fresh = open(with("training.epochs", "50"), OverwritePolicy.OVERWRITE);

    assertThat(fresh.state()).isEqualTo(RunFolder.State.FRESH);
    assertThat(names()).containsExactly("lease.json", "notes.txt", "run.json");
    assertThat(fresh.recorded()).contains("\"training.epochs\" : \"50\"");
  }

  @Test
  void overwriteBeginsACompleteRunAfreshButResumesAnUnfinishedOne() {
    completed();

    assertThat(open(CONFIGURATION, OverwritePolicy.OVERWRITE).state())
        .isEqualTo(RunFolder.State.FRESH);
    assertThat(open(CONFIGURATION, OverwritePolicy.OVERWRITE).state())
        .isEqualTo(RunFolder.State.RESUMED);
  }

  @Test
  void theOlderOfTwoDriversStopsAtItsNextCommit() {
    RunFolder first = open();
    Checkpoints checkpoints = first.checkpoints(2);
    checkpoints.publish(Examples.checkpoint(1));
    RunFolder second = open();
    Set<String> before = Set.copyOf(storage.files().keySet());

    List<Runnable> commits =
        List.of(
            () -> first.commit("report.html", "x"),
            () -> first.record("{}"),
            () -> first.complete(Map.of()),
            first::checkOwner,
            () -> checkpoints.prune(Set.of()));
    for (Runnable commit : commits) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(commit::run)
          .withMessageMatching(
              "(?s)memory://store/run/lease.json: another driver \\(token [0-9a-f-]{36}, started at"
                  + " 20[0-9T:-]+Z\\) took over. This driver stops before it writes anything.*")
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
    }
    assertThat(storage.files().keySet()).isEqualTo(before);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> checkpoints.publish(Examples.checkpoint(2)))
        .withMessageContaining("took over");
    assertThat(second.checkpoints(2).latestVerified().checkpoint().orElseThrow().round())
        .isEqualTo(1);
    second.commit("report.html", "x");
  }

  @Test
  void aDriverWhoseFolderWasDeletedStops() {
    RunFolder folder = open();
    storage.delete(RUN);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> folder.commit("report.html", "x"))
        .withMessageContaining("lease.json is gone: someone deleted it")
        .withMessageContaining("run the same command again");
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void namesOutsideAnOutputAreRefused() {
    RunFolder folder = open();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> folder.commit("novelties/x", "x"))
        .withMessageContaining("'novelties' is not among the names of an output")
        .withMessageContaining("add it to OutputNames");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> folder.commit("samples/../x", "x"))
        .withMessageContaining("refused to use the name 'samples/../x'");
  }

  private void completed() {
    RunFolder folder = open();
    folder.commit("report.html", "report");
    folder.commit("metrics.jsonl", "{}");
    folder.complete(Map.of("status", "ok"));
  }

  private RunFolder open() {
    return open(CONFIGURATION, OverwritePolicy.REFUSE);
  }

  private RunFolder open(Map<String, String> configuration, OverwritePolicy policy) {
    return RunFolder.open(storage, RUN, "training { epochs = 20 }", configuration, policy);
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> changed = new TreeMap<>(CONFIGURATION);
    changed.put(key, value);
    return changed;
  }

  private List<String> names() {
    return storage.list(RUN).stream().map(entry -> entry.name()).sorted().toList();
  }
}
