package org.sparkgen.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgen.checkpoint.CheckpointFuzz;
import org.sparkgen.config.ConfigFuzz;
import org.sparkgen.data.DataFuzz;
import org.sparkgen.data.PictureFuzz;
import org.sparkgen.job.JobFuzz;
import org.sparkgen.report.ReportFuzz;
import org.sparkgen.spark.CellFuzz;

/**
 * Whatever bytes a decoder is given: only what it declares escapes, in bounded time and memory.
 *
 * <p>A few thousand inputs for each; {@code mvn -Pfuzz test} makes it a million.
 */
class FuzzTest {
  private static final long EXECUTIONS = Long.getLong("sparkgen.fuzz.executions", 2_000);
  private static final long NUMBER = Long.getLong("sparkgen.fuzz.number", 1);
  private static final String ONLY = System.getProperty("sparkgen.fuzz.target", "");

  static Stream<FuzzTarget> targets() {
    return Stream.of(
            PictureFuzz.targets(),
            DataFuzz.targets(),
            CheckpointFuzz.targets(),
            ReportFuzz.targets(),
            JobFuzz.targets(),
            CellFuzz.targets(),
            ConfigFuzz.targets())
        .flatMap(List::stream)
        .filter(target -> ONLY.isEmpty() || ONLY.equals(target.name()));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void onlyWhatIsDeclaredEscapes(FuzzTarget target) throws InterruptedException {
    String line = new Fuzzer(target, NUMBER).run(EXECUTIONS);

    System.out.println(line);
    assertThat(line).startsWith("FUZZ");
  }
}
