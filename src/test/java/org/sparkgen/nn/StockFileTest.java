package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;

/** Files that look like a network of DL4J's and mean harm. */
class StockFileTest {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";

  private static volatile boolean ran;

  /** Must not even be loaded for a file. */
  public static final class Canary {
    static {
      ran = true;
    }
  }

  @Test
  void aClassThatIsNoLayerIsNotTouched() throws IOException {
    Map<String, byte[]> entries = sound();
    String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
    String evil =
        json.replace("org.nd4j.linalg.activations.impl.ActivationReLU", Canary.class.getName());
    assertThat(evil).isNotEqualTo(json);
    entries.put(CONFIGURATION, evil.getBytes(StandardCharsets.UTF_8));

    assertRefused(entries, "names the class '" + Canary.class.getName() + "'");
    assertThat(ran).isFalse();
  }

  @Test
  void aSecondNameDoesNotHideTheFirst() throws IOException {
    Map<String, byte[]> entries = sound();
    String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
    String known = "\"@class\" : \"org.nd4j.linalg.activations.impl.ActivationReLU\"";
    String evil = json.replace(known, "\"@class\":\"" + Canary.class.getName() + "\"," + known);
    assertThat(evil).isNotEqualTo(json);
    entries.put(CONFIGURATION, evil.getBytes(StandardCharsets.UTF_8));

    assertRefused(entries, "Duplicate field '@class'");
    assertThat(ran).isFalse();
  }

  /** ND4J itself would read what lies behind the numbers. */
  @Test
  void aShapeOfMoreNumbersThanThereAreIsRefused() throws IOException {
    Map<String, byte[]> entries = sound();
    byte[] numbers = entries.get(PARAMETERS);
    int columns = 2 + "MIXED_DATA_TYPES".length() + 8 + 2 + "LONG".length() + 8;
    assertThat(ByteBuffer.wrap(numbers).getLong(columns)).isEqualTo(38);
    ByteBuffer.wrap(numbers).putLong(columns, 10_000_000);

    assertRefused(entries, "coefficients.bin has not as many numbers as its shape");
  }

  @Test
  void aNestOfAMillionBracketsIsNotFollowed() throws IOException {
    Map<String, byte[]> entries = sound();
    byte[] nest = new byte[1_000_000];
    Arrays.fill(nest, (byte) '[');
    entries.put(CONFIGURATION, nest);

    assertRefused(entries, "can't give features");
  }

  @Test
  void promisedNumbersMustBeThere() throws IOException {
    for (long promised : new long[] {1L << 40, Long.MAX_VALUE, -1}) {
      Map<String, byte[]> entries = sound();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(promised);
      out.writeUTF("LONG");
      entries.put(PARAMETERS, bytes.toByteArray());

      assertRefused(entries, "coefficients.bin promises " + promised + " numbers");
    }
  }

  @Test
  void aCutFileIsRefusedWhereverItIsCut() throws IOException {
    byte[] numbers = sound().get(PARAMETERS);
    for (int length = 0; length < numbers.length; length++) {
      Map<String, byte[]> entries = sound();
      entries.put(PARAMETERS, Arrays.copyOf(numbers, length));

      assertRefused(entries, "can't give features");
    }
  }

  @Test
  void otherEntriesAreNeitherReadNorWrittenAnywhere() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("../../escaped.txt", new byte[] {1});
    entries.put("preprocessor.bin", "no object".getBytes(StandardCharsets.UTF_8));
    entries.putAll(sound());

    assertThat(read(zip(entries))).isNotNull();
  }

  @Test
  void whatIsNoZipIsRefused() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> read("text".getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("there is no configuration.json in it");
  }

  private static Map<String, byte[]> sound() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    byte[] zip = StockNetworkTest.zip(DataType.FLOAT);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void assertRefused(Map<String, byte[]> entries, String reason) throws IOException {
    byte[] zip = zip(entries);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> read(zip))
        .withMessageContaining("evil.zip")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  private static StockNetwork read(byte[] zip) {
    return StockNetwork.read(zip, "evil.zip", new ImageShape(1, 2, 3));
  }
}
