package org.sparkgen.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.data.ExampleBlock;

/** What conf/secure.conf promises of the files that Spark spills to local disks. */
class SecureSettingsTest {
  private static final String PIXELS = "pixels-7d1c93e2f40b58a6";

  @TempDir private Path localDir;

  @Test
  void spilledExamplesCanBeRead() {
    assertThat(shuffled(Map.of())).contains(PIXELS);
  }

  @Test
  void spilledExamplesCannotBeReadUnderSecureSettings() throws IOException {
    String spilled = shuffled(settings(Path.of("conf", "secure.conf")));

    assertThat(spilled).isNotEmpty().doesNotContain(PIXELS);
  }

  private static Map<String, String> settings(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  /** The files that a shuffle of examples leaves, one after the other. */
  private String shuffled(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("spark.local.dir", localDir.toString());
    settings.put("spark.shuffle.compress", "false");
    return LocalSpark.withSession(
        "local[2]",
        settings,
        session -> {
          ExampleBlock block =
              ExampleBlock.ofImages(PIXELS.getBytes(ISO_8859_1), new int[] {0}, new long[] {0});
          JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
          assertThat(context.parallelize(List.of(block), 1).repartition(2).count()).isEqualTo(1);
          return spilled();
        });
  }

  private String spilled() {
    StringBuilder content = new StringBuilder();
    try (Stream<Path> files = Files.walk(localDir)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("shuffle_.*\\.data")).toList()) {
        content.append(Files.readString(file, ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content.toString();
  }
}
