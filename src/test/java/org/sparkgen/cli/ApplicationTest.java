package org.sparkgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.job.CompareRequest;
import org.sparkgen.job.EvaluateRequest;
import org.sparkgen.job.Job;
import org.sparkgen.job.SampleRequest;

class ApplicationTest {
  private static final String CONFIG =
      """
      run.name = tiny
      data { path = images.gz, format = idx, image { height = 28, width = 28 } }
      model.family = vae
      training.epochs = 3
      output.path = out
      """;

  private final FakeCommands commands = new FakeCommands();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    commands.files.put("tiny.conf", CONFIG);
    return new Application(commands, new PrintWriter(out), new PrintWriter(err)).run(args);
  }

  private int runFailing(Job<Outcome> job) {
    commands.job = job;
    return run("describe", "out");
  }

  private String lastLine() {
    return err.toString().lines().reduce("", (before, line) -> line);
  }

  @Test
  void trainingTakesTheFileAndTheOverrides() {
    assertThat(run("train", "tiny.conf", "--set", "training.epochs=9", "--set=run.name=other"))
        .isZero();
    assertThat(commands.calls).containsExactly("train other 9 REFUSE");
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("RESULT status=complete code=0 reason=\"all done\"\n");
  }

  @Test
  void anEarlierRunIsOverwrittenOnlyOnRequest() {
    assertThat(run("train", "tiny.conf", "--overwrite")).isZero();
    assertThat(commands.calls).containsExactly("train tiny 3 OVERWRITE");
  }

  @Test
  void samplesAreDrawnAsAskedFor() {
    assertThat(run("sample", "out", "--count", "10", "--seed", "-7", "--to", "there")).isZero();
    assertThat(run("sample", "out", "--count=10", "--to=there")).isZero();
    assertThat(commands.calls).containsExactly(sampling(-7).toString(), sampling(42).toString());
  }

  private static SampleRequest sampling(long seed) {
    return new SampleRequest(
        "out", 10, seed, Map.of(), OptionalDouble.empty(), SampleRequest.Form.TABLE, "there");
  }

  @Test
  void chosenSamplesAreDrawnAsAskedFor() {
    String[] arguments =
        "sample out --count 9 --classes 3=0.8,cat --truncation 0.5 --png --to x".split(" ");
    assertThat(run(arguments)).isZero();
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("3", 0.8);
    shares.put("cat", 1.0);
    assertThat(commands.calls)
        .containsExactly(
            new SampleRequest(
                    "out", 9, 42, shares, OptionalDouble.of(0.5), SampleRequest.Form.FILES, "x")
                .toString());
  }

  @Test
  void networksAreExportedAsAskedFor() {
    assertThat(run("export", "out", "--to", "there")).isZero();
    assertThat(commands.calls).containsExactly("export out there");
  }

  @Test
  void evaluationsAreMadeAsAskedFor() {
    assertThat(run("evaluate", "out")).isZero();
    assertThat(
            run(
                "evaluate",
                "out",
                "--importance-samples=5000",
                "--samples=10000",
                "--features=net.zip",
                "--limit=100",
                "--to=metrics.json"))
        .isZero();
    assertThat(commands.calls)
        .containsExactly(
            new EvaluateRequest(
                    "out",
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty())
                .toString(),
            new EvaluateRequest(
                    "out",
                    OptionalInt.of(5000),
                    OptionalInt.of(10_000),
                    Optional.of("net.zip"),
                    OptionalInt.of(100),
                    Optional.of("metrics.json"))
                .toString());
  }

  @Test
  void aDescriptionGoesToStandardOutput() {
    commands.job = () -> new Outcome("described", "12 rounds", "rounds: 12\n");
    assertThat(run("describe", "out")).isZero();
    assertThat(commands.calls).containsExactly("describe out");
    assertThat(out.toString()).isEqualTo("rounds: 12\n");
  }

  @Test
  void twoRunsAreCompared() {
    assertThat(run("describe", "--compare", "a", "b")).isZero();
    assertThat(run("describe", "--compare", "a", "b", "--to", "page.html")).isZero();
    assertThat(commands.calls)
        .containsExactly(
            new CompareRequest("a", "b", Optional.empty()).toString(),
            new CompareRequest("a", "b", Optional.of("page.html")).toString());
  }

  @Test
  void aDryRunPrintsTheWholeConfigurationAndThePlanAndStartsNothing() {
    assertThat(run("train", "tiny.conf", "--dry-run", "--set", "model.latent=5")).isZero();
    assertThat(commands.calls).isEmpty();
    assertThat(ConfigParser.parse(out.toString(), "dry", java.util.List.of()).model().latent())
        .isEqualTo(5);
    assertThat(out.toString())
        .startsWith("# Effective configuration of tiny.conf\n\nrun {\n  name = \"tiny\"\n")
        .endsWith(
            """
            # Plan
            #   examples     images.gz (idx), images of 28 x 28, channels: 1
            #   held out     none
            #   model        vae, encoder 784 -> 400 -> 2 x 5, decoder mirrored
            #   shards       4, each with its own copy of the model and batches of 128
            #   rounds       3, one an epoch; weights are averaged after each
            #   checkpoints  after every round; the newest 2 stay
            #   output       out, with 64 samples
            """);
    assertThat(lastLine())
        .isEqualTo("RESULT status=dry-run code=0 reason=\"the configuration is sound\"");
  }

  @Test
  void thePlanSaysHowShardsMeetAndWhatIsPublished() {
    run(
        "train",
        "tiny.conf",
        "--dry-run",
        "--set=training.averaging.warmupEpochs=2",
        "--set=training.averaging.warmupEvery=25",
        "--set=training.averaging.outer.momentum=0.9",
        "--set=training.averaging.emaHalfLife=30000");
    assertThat(out.toString())
        .contains(
            "rounds       one every 25 batches of a shard, over 2 epochs, then 1, one an epoch;",
            "outer steps  towards the mean, of rate 1.0 with Nesterov momentum 0.9",
            "published    a moving average of the weights, with a half-life of 30000.0 examples");
  }

  @Test
  void thePlanOfAConvolutionalGanNamesItsLayers() {
    run(
        "train",
        "tiny.conf",
        "--dry-run",
        "--set=model.family=gan",
        "--set=model.network=conv",
        "--set=training.averaging.every=50");
    assertThat(out.toString())
        .contains(
            "gan, discriminator 784 -> conv 32 -> conv 64 -> 400 -> 1, generator mirrored from 64")
        .contains("one every 50 batches of a shard, over 3 epochs");
  }

  @Test
  void configurationProblemsAreUsageErrors() {
    assertThat(run("train", "tiny.conf", "--set", "training.epoch=3")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            sparkgen: 1 problem in tiny.conf:
              training.epoch = 3: unknown key; did you mean training.epochs? (--set)
            RESULT status=failed code=2 reason="1 problem in tiny.conf: training.epoch = 3: unknown key; did you mean training.epochs? (--set)"
            """);
  }

  @Test
  void aMissingFileIsAUsageError() {
    assertThat(run("train", "other.conf")).isEqualTo(2);
    assertThat(lastLine())
        .isEqualTo("RESULT status=failed code=2 reason=\"other.conf is not there\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                               | A command is missing: train, sample, export, evaluate, encode, decode, reconstruct, compress, decompress, interpolate, traverse, score, describe, bench
          trian tiny.conf                  | Did you mean: sparkgen train
          train                            | Missing required parameter: 'CONFIG'
          train tiny.conf --dryrun         | Possible solutions: --dry-run
          sample out --count 3             | Missing required option: '--to=FOLDER'
          sample out --to x                | Missing required option: '--count=N'
          sample out --count 1 --to x --classes 3=0 | --classes needs shares above 0, as in 3=0.8,5=0.2, but has 3=0
          sample out --count 1 --to x --classes 3,3 | --classes names 3 twice
          sample out --count 1 --to x --classes a,, | --classes has an empty name: a,,
          sample out --count 1 --to x --truncation 0 | --truncation must be at least 0.1, but is 0
          score out --to x --score elbo    | --score must be one of negative-elbo, negative-log-likelihood, reconstruction, encoder-distance, discriminator-distance, but is elbo
          score out --to x --samples 0     | --samples must be at least 1, but is 0
          compress out --to x --step 0     | --step must be a number above 0, but is 0.0
          traverse out --to x --seed 1 --image a.png | give either --seed or --image, not both
          interpolate out --to x           | give the two ends: either --seeds S S, or --images FILE FILE
          interpolate out --to x --seeds 1 2 --steps 1 | --steps must be from 2 to 200, but is 1
          encode out --to x --format png   | --format must be one of
          sample out --count=0 --to=x      | --count must be at least 1, but is 0
          export out                       | Missing required option: '--to=FOLDER'
          export out --to s3a://AKIA:hunter2@b/x | --to must not hold credentials
          evaluate out --samples=-1        | --samples must be at least 0, but is -1
          evaluate out --limit=0           | --limit must be at least 1, but is 0
          evaluate                         | Missing required parameter: 'OUTPUT'
          sample out --count=1.5 --to=x    | Invalid value for option '--count': '1.5' is not an int
          describe                         | Missing required parameter: 'OUTPUT'
          describe --compare a             | option '--compare' at index 0 (OUTPUT) requires at least 2 values
          describe a --compare b c         | --compare takes the two outputs; name no other
          describe a --to page.html        | --to is for --compare: a run's own page is its report.html
          describe --compare a b --to=     | --to must not be empty
          describe --compare a s3a://AKIA:hunter2@b/x | --compare must not hold credentials
          describe s3a://AKIA:hunter2@b/x  | OUTPUT must not hold credentials
          sample out --count=1 --to=s3a://AKIA:hunter2@b/x | --to must not hold credentials
          train s3a://AKIA:hunter2@b/x     | CONFIG must not hold credentials
          describe a s3a://AKIA:hunter2@b/x | s3a://***@b/x
          """)
  void mistakesOnTheCommandLineAreExplained(String args, String explanation) {
    assertThat(run(args.isEmpty() ? new String[0] : args.split(" "))).isEqualTo(2);
    assertThat(commands.calls).isEmpty();
    assertThat(err.toString()).contains(explanation).doesNotContain("hunter2", "\tat ");
    assertThat(lastLine()).startsWith("RESULT status=failed code=2 reason=\"");
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void aJobExceptionKeepsItsCodeAndShowsNoStackTrace(ExitCode code) {
    assertThat(
            runFailing(
                () -> {
                  throw new JobException(code, "say \"why\"\nand where");
                }))
        .isEqualTo(code.code());
    assertThat(lastLine())
        .isEqualTo(
            "RESULT status=failed code=%d reason=\"say \\\"why\\\" and where\""
                .formatted(code.code()));
    if (code != ExitCode.INTERNAL) {
      assertThat(err.toString()).doesNotContain("\tat ");
    }
  }

  @Test
  void aJobExceptionInsideSparksExceptionKeepsItsCode() {
    JobException cause = new JobException(ExitCode.DIVERGED, "NaN in round 3");
    assertThat(
            runFailing(
                () -> {
                  throw new IllegalStateException(new SparkException("Job aborted", cause));
                }))
        .isEqualTo(4);
    assertThat(lastLine()).isEqualTo("RESULT status=failed code=4 reason=\"NaN in round 3\"");
  }

  @Test
  void anythingElseIsADefectWithAStackTrace() {
    assertThat(
            runFailing(
                () -> {
                  throw new IllegalStateException("s3a://AKIA:hunter2@b/x");
                }))
        .isEqualTo(70);
    assertThat(err.toString()).contains("\tat ").doesNotContain("hunter2");
    assertThat(lastLine())
        .isEqualTo(
            "RESULT status=failed code=70 reason=\"java.lang.IllegalStateException: s3a://***@b/x\"");
  }

  @Test
  void memoryThatRunsOutComesWithAdvice() {
    assertThat(
            runFailing(
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }))
        .isEqualTo(70);
    assertThat(lastLine()).contains("Java heap space: raise spark.driver.memory");
  }

  @Test
  void memoryThatRunsOutBecauseOfAJobExceptionKeepsItsCode() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    error.initCause(new JobException(ExitCode.INPUT, "one image of 4 GiB"));
    assertThat(
            runFailing(
                () -> {
                  throw error;
                }))
        .isEqualTo(3);
  }

  @Test
  void helpSaysWhatThereIsAndHasNoResultLine() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("train", "sample", "describe", "bench", "Examples:", "Exit codes:", "RESULT");
    assertThat(run("train", "--help")).isZero();
    assertThat(out.toString()).contains("--set=KEY=VALUE", "--dry-run", "--overwrite", "s3a://");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theVersionNamesJavaToo() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString())
        .contains("sparkgen ")
        .contains("Java " + System.getProperty("java.version"));
  }
}
