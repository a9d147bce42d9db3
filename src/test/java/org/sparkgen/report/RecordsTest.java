package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.FeatureFacts;

class RecordsTest {
  @Test
  void runRecordsComeBackAsTheyWere() {
    assertThat(RunRecord.parse(record().json())).isEqualTo(record());
    assertThat(record().json())
        .startsWith("{\n  \"name\" : \"fashion-vae\",\n  \"family\" : \"vae\",\n  \"seed\" : 42,")
        .endsWith("}\n");
  }

  @Test
  void configurationKeysKeepTheirOrder() {
    assertThat(RunRecord.parse(record().json()).configuration().keySet())
        .containsExactly("run.name", "model.latent", "data.path");
  }

  @Test
  void resultRecordsComeBackAsTheyWere() {
    ResultRecord failed =
        new ResultRecord(
            RunStatus.FAILED,
            ExitCode.DIVERGED.code(),
            Optional.of("NaN in round 3"),
            2,
            Duration.ofMillis(12_345),
            Optional.empty(),
            RunFacts.none(),
            List.of());

    assertThat(ResultRecord.parse(finished().json())).isEqualTo(finished());
    assertThat(ResultRecord.parse(failed.json())).isEqualTo(failed);
    assertThat(failed.json()).contains("\"status\" : \"failed\"", "\"exitCode\" : 4");
  }

  @Test
  void theBestRoundTheStopAndTheFeatureNetworkComeBackToo() {
    for (OptionalDouble accuracy : List.of(OptionalDouble.of(0.99), OptionalDouble.empty())) {
      ResultRecord record =
          new ResultRecord(
              RunStatus.FINISHED,
              0,
              Optional.empty(),
              9,
              Duration.ofSeconds(1),
              Optional.of("ab"),
              new RunFacts(
                  OptionalDouble.empty(),
                  0,
                  0,
                  Optional.of(new BestRound(7, "loss", 1.5)),
                  Optional.of("No better."),
                  Optional.of(new FeatureFacts("net", "cd", accuracy, "held-out", 128))),
              List.of());

      assertThat(ResultRecord.parse(record.json())).isEqualTo(record);
      assertThat(record.json()).contains("\"bestRound\" : 7");
    }
  }

  @Test
  void wrongFieldsAreNamed() {
    assertThatThrownBy(() -> RunRecord.parse(record().json().replace("2026-03-01T", "yesterday ")))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(
            "run.json: field 'started' must be a time such as 2026-03-01T09:30:00Z, but is yest");
    assertThatThrownBy(() -> ResultRecord.parse(finished().json().replace("finished", "gone")))
        .hasMessage(
            "result.json: field 'status' must be running, finished or failed, but is \"gone\"");
    assertThatThrownBy(() -> ResultRecord.parse(finished().json().replace("\"bytes\"", "\"size\"")))
        .hasMessage(
            "result.json, field artifacts, element 1: field 'bytes' must be a whole number, but is"
                + " missing");
    assertThatThrownBy(() -> RunRecord.parse("{"))
        .hasMessageStartingWith("run.json is not valid JSON: ");
  }

  @Test
  void theFirstTwentyRejectsAreKept() {
    List<RejectedInput> rejects = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rejects.add(new RejectedInput("file " + i, "broken"));
    }
    DataSummary data =
        new DataSummary("images", "1 x 2 x 2 pixels", 100, 30, List.of(70L), 0, rejects, "ab");

    assertThat(data.rejects()).hasSize(20).startsWith(new RejectedInput("file 0", "broken"));
    assertThat(data.accepted()).isEqualTo(70);
  }

  @Test
  void versionsTellOfThisProcessAndOfItsCallers() {
    Map<String, String> facts = Versions.collect(Map.of("spark", "3.5.5")).facts();

    assertThat(facts)
        .containsKeys("sparkgen", "system", "cpu", "processors", "heap", "OMP_NUM_THREADS")
        .containsEntry("spark", "3.5.5");
    assertThat(facts.get("java")).startsWith(System.getProperty("java.version"));
  }

  @Test
  void theProcessorIsNamedWithItsVectorUnits() {
    List<String> lines =
        List.of(
            "processor\t: 0", "model name\t: AMD EPYC 7B13", "flags\t\t: fpu fma avx avx2 sha_ni");

    assertThat(Versions.cpu(lines)).isEqualTo("AMD EPYC 7B13 (avx2, fma)");
    assertThat(Versions.cpu(List.of())).isEqualTo(System.getProperty("os.arch"));
  }

  @Test
  void describesAFinishedRun() {
    String text =
        RunDescription.text(
            record(),
            Rounds.of(8, r -> Map.of("loss", 100.0, "kl", 12.5, "heldOut.loss", 101.0)),
            Optional.of(finished()));

    assertThat(text)
        .isEqualTo(
            """
            fashion-vae (vae), finished
              rounds          8 of 20
              time            1 min 31 s
              started         2026-03-01T09:30:00Z
              seed            42
              data            images/*.png
                              4,999 of 5,000 examples, 1 x 28 x 28 pixels, in 2 shards

            Round 8
              loss            100.0  (held-out 101.0)
              kl              12.50
              speed           10,000 images/s
              train           4.8 s
              combine         0.10 s
              weights         ab

            Health: Usable, but worth a closer look.
              warning The loss has hardly moved since the first round: 100.0 then, 100.0 now.
              note    1 of 5,000 listed examples (0.02 %) could not be used; the reasons are listed under Data.
              note    The run was resumed once from its checkpoints.
              ok      Held-out data do as well as training data: loss 101.0, training 100.0.
              ok      The latent code is used: the KL term is 12.50 nats per example.
              ok      Samples vary as they should: they differ from each other 90 % as much as real ones.
              ok      Training kept its speed: 10,000 images a second.

            Files
              artifacts/decoder.zip     1.2 MiB
            """);
  }

  @Test
  void describesARunThatIsNotOver() {
    assertThat(RunDescription.text(record(), List.of(), Optional.empty()))
        .startsWith("fashion-vae (vae), not finished\n  rounds          0 of 20\n")
        .contains("Health: Looks healthy so far.")
        .doesNotContain("Round ", "Files");
  }

  static RunRecord record() {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put("run.name", "fashion-vae");
    configuration.put("model.latent", "20");
    configuration.put("data.path", "images/*.png");
    return new RunRecord(
        "fashion-vae",
        "vae",
        42,
        20,
        Instant.parse("2026-03-01T09:30:00Z"),
        "run { name = fashion-vae }\n",
        configuration,
        new Versions(Map.of("java", "17")),
        new DataSummary(
            "images/*.png",
            "1 x 28 x 28 pixels",
            5_000,
            1,
            List.of(2_500L, 2_499L),
            0,
            List.of(new RejectedInput("images/\"a\".png", "broken")),
            "ab"));
  }

  private static ResultRecord finished() {
    return new ResultRecord(
        RunStatus.FINISHED,
        0,
        Optional.empty(),
        8,
        Duration.ofMillis(91_250),
        Optional.of("ab"),
        new RunFacts(OptionalDouble.of(0.9), 1, 0),
        List.of(new Artifact("decoder", "artifacts/decoder.zip", 1_310_224, "cd")));
  }
}
