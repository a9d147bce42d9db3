package org.sparkgen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.job.BenchRequest;
import org.sparkgen.job.Workload;
import org.sparkgen.spark.LocalSpark;

@ExtendWith(LocalSpark.class)
class BenchCommandTest {
  private final FakeCommands commands = new FakeCommands();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Commands called, String... args) {
    return new Application(called, new PrintWriter(out), new PrintWriter(err)).run(args);
  }

  @Test
  void withoutANameAllWorkloadsAreMeasured() {
    commands.job = () -> new Outcome("complete", "fast", "{}\n");
    assertThat(run(commands, "bench")).isZero();
    assertThat(commands.calls)
        .containsExactly(
            request(Workload.VAE_MLP), request(Workload.VAE_CONV), request(Workload.GAN_CONV));
    assertThat(out.toString()).isEqualTo("{}\n".repeat(3));
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "RESULT status=complete code=0 reason=\"fast; fast; fast\"\n");
  }

  private static String request(Workload workload) {
    return new BenchRequest(workload, Optional.empty(), OptionalInt.empty(), 4, 2, List.of())
        .toString();
  }

  @Test
  void optionsReachTheJob() {
    assertThat(
            run(
                commands,
                "bench",
                "gan-conv",
                "--images=x.gz",
                "--limit=640",
                "--epochs=3",
                "--shards=8",
                "--set=model.latent=5"))
        .isZero();
    assertThat(commands.calls)
        .containsExactly(
            new BenchRequest(
                    Workload.GAN_CONV,
                    Optional.of("x.gz"),
                    OptionalInt.of(640),
                    3,
                    8,
                    List.of("model.latent=5"))
                .toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bench vae               | there is no workload 'vae': choose among vae-mlp, vae-conv, gan-conv
          bench --limit=0         | --limit must be at least 1, but is 0
          bench --epochs=0        | --epochs must be at least 1, but is 0
          bench --shards=-1       | --shards must be at least 1, but is -1
          bench --limit=x         | Invalid value for option '--limit'
          bench --images=         | --images must not be empty
          """)
  void mistakesAreExplained(String args, String explanation) {
    assertThat(run(commands, args.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(explanation).doesNotContain("\tat ");
    assertThat(commands.calls).isEmpty();
  }

  @Test
  void theLinesAreThoseOfThePeersAndMore(SparkSession session) throws Exception {
    assertThat(run(new JobCommands(), "bench", "vae-mlp", "--limit", "256", "--epochs", "2"))
        .as(err.toString())
        .isZero();

    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(3);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.get("peer").asText()).isEqualTo("sparkgen");
              assertThat(line.get("workload").asText()).isEqualTo("vae-mlp");
              assertThat(line.get("threads").asInt())
                  .isEqualTo(session.sparkContext().defaultParallelism());
            });
    JsonNode second = lines.get(1);
    assertThat(second.get("epoch").asInt()).isOne();
    assertThat(second.get("images_per_second").asDouble()).isPositive();
    JsonNode summary = lines.get(2);
    assertThat(summary.get("median_images_per_second").asDouble())
        .isEqualTo(second.get("images_per_second").asDouble());
    assertThat(summary.fieldNames())
        .toIterable()
        .contains(
            "outside_steps_share",
            "seconds_to_first_step",
            "peak_heap_bytes",
            "resident_bytes",
            "native_bytes",
            "native_bytes_after_round_2",
            "native_bytes_after_last_round");
    assertThat(summary.get("seconds").fieldNames())
        .toIterable()
        .contains("broadcast", "train", "combine", "checkpoint");
    assertThat(summary.get("seconds_per_core").fieldNames())
        .toIterable()
        .contains("prepare", "load", "feed", "step", "save");
  }
}
