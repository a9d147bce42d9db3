package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.training.RoundMetrics;

class RunComparisonTest {
  private static final Map<String, String> SETTINGS =
      Map.of("run.name", "a", "model.latent", "20", "output.path", "out/a");

  private static ComparedRun run(
      String name, Map<String, String> changed, List<RoundMetrics> rounds, RunFacts facts) {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    settings.putAll(changed);
    RunRecord record =
        new RunRecord(
            name,
            "vae",
            42,
            rounds.size(),
            Instant.EPOCH,
            "",
            settings,
            new Versions(Map.of()),
            new DataSummary("data", "1 x 28 x 28", 9, 0, List.of(9L), 0, List.of(), "same"));
    ResultRecord result =
        new ResultRecord(
            RunStatus.FINISHED,
            0,
            Optional.empty(),
            rounds.size(),
            Duration.ofSeconds(61),
            Optional.empty(),
            facts,
            List.of());
    return new ComparedRun(
        "out/" + name, record, rounds, Optional.of(result), Optional.empty(), Optional.empty());
  }

  private static ComparedRun run(String name, double loss, Map<String, String> changed) {
    List<RoundMetrics> rounds =
        Rounds.of(4, r -> Map.of("loss", loss / r + 1, "heldOut.loss", loss / r, "kl", 5.0));
    return run(name, changed, rounds, RunFacts.none());
  }

  @Test
  void showsSettingsThatDifferAndMetricsSideBySide() {
    String text =
        new RunComparison(
                run("narrow", 400, Map.of("model.latent", "2", "output.path", "elsewhere")),
                run("wide", 360, Map.of("model.hidden", "[9]")))
            .text();

    assertThat(text)
        .startsWith("A  narrow, out/narrow\nB  wide, out/wide\n\n")
        .containsPattern("model\\.latent +2 +20\n")
        .containsPattern("model\\.hidden +- +\\[9]\n")
        .containsPattern("held-out loss +100\\.0 +90\\.00 +B better\n")
        .containsPattern("kl +5\\.000 +5\\.000 +equal\n")
        .containsPattern("rounds +4 of 4 +4 of 4\n")
        .containsPattern("time +1 min 1 s +1 min 1 s\n")
        .doesNotContain("output.path", "run.name", "! ");
  }

  @Test
  void equalSettingsAreSaidToBe() {
    assertThat(new RunComparison(run("a", 4, Map.of()), run("a", 4, Map.of())).text())
        .contains("Settings that differ: none");
  }

  /** A larger beta makes a loss larger: that is no worse model. */
  @Test
  void lossesThatCountDifferentThingsAreNotJudged() {
    String text =
        new RunComparison(
                run("a", 400, Map.of("model.beta", "1.0")),
                run("b", 360, Map.of("model.beta", "4.0")))
            .text();

    assertThat(text)
        .contains("! Their losses count different things, because model.beta differs:")
        .doesNotContain("better");
  }

  @Test
  void distancesInOtherFeaturesAreNotJudged() {
    List<RoundMetrics> near = Rounds.of(2, r -> Map.of("heldOut.frechetDistance", 5.0));
    List<RoundMetrics> far = Rounds.of(2, r -> Map.of("heldOut.frechetDistance", 9.0));

    assertThat(compared(near, "net", far, "net"))
        .containsPattern("Frechet distance +5\\.000 +9\\.000 +A better")
        .doesNotContain("! ");
    assertThat(compared(near, "net", far, "other net"))
        .contains("! Their samples were compared with real data in different features")
        .doesNotContain("better");
  }

  private static String compared(
      List<RoundMetrics> a, String ofA, List<RoundMetrics> b, String ofB) {
    return new RunComparison(
            run("a", Map.of(), a, facts(Optional.empty(), Optional.of(network(ofA)))),
            run("b", Map.of(), b, facts(Optional.empty(), Optional.of(network(ofB)))))
        .text();
  }

  private static FeatureFacts network(String digest) {
    return new FeatureFacts("net", digest, OptionalDouble.of(0.99), "held-out", 128);
  }

  private static RunFacts facts(Optional<BestRound> best, Optional<FeatureFacts> features) {
    return new RunFacts(OptionalDouble.empty(), 0, 0, best, Optional.empty(), features);
  }

  @Test
  void metricsAreThoseOfTheRoundThatIsPublished() {
    RunFacts best = facts(Optional.of(new BestRound(2, "loss", 200)), Optional.empty());
    List<RoundMetrics> rounds = Rounds.of(4, r -> Map.of("heldOut.loss", r == 2 ? 200.0 : 300.0));

    assertThat(new RunComparison(run("a", Map.of(), rounds, best), run("b", 1200, Map.of())).text())
        .containsPattern("held-out loss +200\\.0 +300\\.0 +A better\n")
        .contains("4 of 4, the best is 2");
  }

  @Test
  void aRunWithoutRoundsIsComparedToo() {
    RunComparison comparison =
        new RunComparison(
            run("begun", Map.of(), List.of(), RunFacts.none()), run("b", 4, Map.of()));

    assertThat(comparison.text()).containsPattern("loss +- +1\\.000\n");
    assertThat(comparison.html()).contains("<b>loss</b>");
  }

  @Test
  void thePageHoldsCurvesAndSamplesOfBothAndEscapesNames() throws IOException {
    String page = new RunComparison(example("<b>bold</b>"), example("calm")).html();

    assertThat(page)
        .contains("&lt;b&gt;bold&lt;/b&gt;", "<h2>Samples</h2>", "<h2>Reconstructions</h2>")
        .contains("A held-out <em>", "B held-out <em>", "curve line0 dashes", "curve line1")
        .doesNotContain("<b>bold", "<script", "http://", "https://", "url(");
    assertThat(page.split("data:image/png;base64,", -1)).hasSize(5);
    assertThat(page).hasSizeLessThan(5_000_000);
    Path preview = Path.of("target/report-preview");
    Files.createDirectories(preview);
    Files.writeString(preview.resolve("compared.html"), page);
  }

  private static ComparedRun example(String name) throws IOException {
    ReportContent content = ExampleRun.vae(30);
    ComparedRun run = run(name, content.configuration(), content.rounds(), content.facts());
    return new ComparedRun(
        name,
        run.record(),
        run.rounds(),
        run.result(),
        content.pictures().samples(),
        content.pictures().reconstructions());
  }
}
