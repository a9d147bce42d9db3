package org.sparkgen.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sparkgen.config.JobException;
import org.sparkgen.data.LatentQuantizer;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;

/** Fuzz targets: records that later commands read. */
public final class ReportFuzz {
  private ReportFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    return List.of(
        FuzzTarget.of("compression", List.of(compression()), ReportFuzz::compression),
        FuzzTarget.of("metrics", List.of(metrics()), ReportFuzz::metrics));
  }

  private static byte[] compression() {
    LatentQuantizer quantizer =
        LatentQuantizer.of(new double[] {-1, 0}, new double[] {1, 9}, new double[] {0.1, 2});
    List<CompressionRecord.Method> methods =
        List.of(
            new CompressionRecord.Method("model", 0.5, 20),
            new CompressionRecord.Method("PNG", 4, Double.POSITIVE_INFINITY));
    return new CompressionRecord("0".repeat(64), quantizer, 10, methods)
        .json()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] metrics() {
    return ("{\"round\":1,\"epoch\":1,\"examples\":3,\"losses\":{\"a\":1.5,\"b\":null},"
            + "\"imagesPerSecond\":2.5,\"seconds\":{\"train\":1},\"weightsSha256\":\"00\"}\n")
        .repeat(2)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Verdict compression(byte[] input) {
    try {
      CompressionRecord record =
          CompressionRecord.parse(new String(input, StandardCharsets.UTF_8), "compression.json");
      return record.text().isEmpty() ? Verdict.REFUSED : Verdict.READ;
    } catch (JobException e) {
      return Verdict.REFUSED;
    }
  }

  private static Verdict metrics(byte[] input) {
    try {
      return MetricsLog.parse(new String(input, StandardCharsets.UTF_8)).isEmpty()
          ? Verdict.REFUSED
          : Verdict.READ;
    } catch (JobException e) {
      return Verdict.REFUSED;
    }
  }
}
