package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Preprocessing;

class PreprocessingFileTest {
  private static Checkpoint with(byte[] file) {
    Map<String, byte[]> files = Map.of(PreprocessingFile.NAME, file);
    return new Checkpoint(1, 1, new Snapshot(Map.of()), files, Map.of());
  }

  @Test
  void readsWhatItWrote() {
    Preprocessing preprocessing =
        new Preprocessing(
            new FeatureScaling(new double[] {1.5, 0}, new double[] {2, 1e-3}), List.of("a", "b"));

    Preprocessing read = PreprocessingFile.in(with(PreprocessingFile.bytes(preprocessing)));

    assertThat(read.classNames()).containsExactly("a", "b");
    assertThat(read.scaling().shift()).containsExactly(1.5, 0);
    assertThat(read.scaling().scale()).containsExactly(2, 1e-3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scaling\": |is no JSON",
        "{\"scaling\":{\"shift\":[1,2],\"scale\":[1]}}|makes no sense: 2 shifts but 1 scales",
        "{\"scaling\":{\"shift\":{\"a\":1},\"scale\":[1]}}|makes no sense: its shift is no list",
        "{\"scaling\":{\"shift\":[1],\"scale\":[null]}}|makes no sense: its scale is no list"
      })
  void whatElseItMayHoldIsAMatterOfStorage(String json, String message) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> PreprocessingFile.in(with(json.getBytes(StandardCharsets.UTF_8))))
        .withMessageContaining("preprocessing.json of the checkpoint " + message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
  }
}
