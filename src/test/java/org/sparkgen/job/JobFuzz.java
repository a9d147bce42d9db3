package org.sparkgen.job;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;

/** Fuzz targets: what a checkpoint says of its examples. */
public final class JobFuzz {
  private JobFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    byte[] seed =
        "{\"classNames\":[\"a\",\"b\"],\"scaling\":{\"shift\":[0,1.5],\"scale\":[2,1e-3]}}"
            .getBytes(StandardCharsets.UTF_8);
    return List.of(FuzzTarget.of("preprocessing", List.of(seed), JobFuzz::preprocessing));
  }

  private static Verdict preprocessing(byte[] input) {
    Checkpoint checkpoint =
        new Checkpoint(
            1, 1, new Snapshot(Map.of()), Map.of(PreprocessingFile.NAME, input), Map.of());
    try {
      Preprocessing preprocessing = PreprocessingFile.in(checkpoint);
      return preprocessing.classNames().isEmpty() ? Verdict.REFUSED : Verdict.READ;
    } catch (JobException e) {
      return Verdict.REFUSED;
    }
  }
}
