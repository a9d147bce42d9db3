package org.sparkgen.data;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;

/** Fuzz targets: container files, text and codes. */
public final class DataFuzz {
  private static final ImageConversion TINY =
      new ImageConversion(new ImageConfig(2, 2, 1, ImageConfig.Fit.CROP));
  private static final int CIFAR_RECORD = 3073;

  private DataFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    byte[] idx = RecordReadersTest.images(5, 5);
    byte[] labels = RecordReadersTest.labels(5, 5);
    byte[] cifar = new byte[2 * CIFAR_RECORD];
    return List.of(
        FuzzTarget.of(
            "idx",
            List.of(idx, RecordReadersTest.images(5, 3), RecordReadersTest.images(2, 3), labels),
            DataFuzz::idx),
        FuzzTarget.of(
            "idx-labels",
            List.of(labels, RecordReadersTest.labels(5, 3), Pictures.gzip(labels), idx),
            input -> consume(idxReader(Optional.of("labels")).read(idx, Optional.of(input)))),
        FuzzTarget.of(
            "gzip",
            List.of(
                Pictures.gzip(idx), Pictures.gzip(RecordReadersTest.images(99, 99)), twice(idx)),
            DataFuzz::idx),
        FuzzTarget.of(
            "cifar10",
            List.of(cifar, Pictures.gzip(cifar), Bytes.with(cifar, CIFAR_RECORD, 9), new byte[7]),
            input -> consume(new Cifar10Reader("batch", TINY).read(input))),
        FuzzTarget.of("csv", csvSeeds(), DataFuzz::csv),
        FuzzTarget.of("latent-code", List.of(new byte[8 * 6 + 3], codeSeed()), DataFuzz::code));
  }

  private static byte[] twice(byte[] content) {
    byte[] gzip = Pictures.gzip(content);
    return Pictures.insert(gzip, gzip.length, gzip);
  }

  private static IdxReader idxReader(Optional<String> labels) {
    return new IdxReader("images", labels, TINY);
  }

  private static Verdict idx(byte[] input) {
    return consume(idxReader(Optional.empty()).read(input, Optional.empty()));
  }

  private static List<byte[]> csvSeeds() {
    return List.of(
            "a,b,label\n1,2,3\n4,5,6\n",
            "\uFEFF\"a\",\"b\",label\r\n\"1\",\"-2e-3\",0\r\n",
            "label,\"x, \"\"y\"\"\",b\n1,NaN,2\n0,1e39,Infinity\n7,,\n\n\n1,2\n1,2,3,4\n",
            "a,label,b\n0x1p3,1d,9999999999\n-0.0,-1,1e-400\n")
        .stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static Verdict csv(byte[] input) {
    CsvReader reader =
        new CsvReader("rows", new NumericRows(2), Optional.empty(), Optional.of("label"));
    return consume(reader.read(new ByteArrayInputStream(input)));
  }

  /** Two dimensions and a code of them. */
  private static byte[] codeSeed() {
    ByteBuffer seed = ByteBuffer.allocate(8 * 6 + 3);
    return seed.putDouble(-1)
        .putDouble(1)
        .putDouble(0.01)
        .putDouble(0)
        .putDouble(9)
        .putDouble(1e-4)
        .array();
  }

  /** What a quantizer gives back is a level of its own. */
  private static Verdict code(byte[] input) {
    if (input.length < 8 * 6) {
      return Verdict.REFUSED;
    }
    ByteBuffer numbers = ByteBuffer.wrap(input);
    double[] lowest = new double[2];
    double[] highest = new double[2];
    double[] steps = new double[2];
    for (int i = 0; i < 2; i++) {
      lowest[i] = numbers.getDouble();
      highest[i] = numbers.getDouble();
      steps[i] = numbers.getDouble();
    }
    LatentQuantizer quantizer;
    float[] vector;
    try {
      quantizer = LatentQuantizer.of(lowest, highest, steps);
      vector = quantizer.vector(Arrays.copyOfRange(input, numbers.position(), input.length));
    } catch (IllegalArgumentException e) {
      return Verdict.REFUSED;
    }
    for (float value : vector) {
      if (Float.isNaN(value)) {
        throw new IllegalStateException("not a number from " + Arrays.toString(steps));
      }
    }
    return Verdict.READ;
  }

  /** Reads to the end; a file with a reject counts as refused. */
  private static Verdict consume(Iterator<Outcome> outcomes) {
    Verdict verdict = Verdict.READ;
    while (outcomes.hasNext()) {
      Outcome outcome = outcomes.next();
      if (outcome.reject().isPresent()) {
        verdict = Verdict.REFUSED;
        check(outcome.reject().orElseThrow());
      } else if (outcome.pixels() == null && outcome.values() == null) {
        throw new IllegalStateException("neither read nor rejected");
      }
    }
    return verdict;
  }

  private static void check(Reject reject) {
    if (reject.count() < 1 || reject.reason().isBlank() || reject.index() < Reject.WHOLE_FILE) {
      throw new IllegalStateException("what is rejected here? " + reject);
    }
  }
}
