package org.sparkgen.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  private static final Path FILE = Path.of("src/site/markdown/configuration.md");

  @Test
  void theReferenceIsWhatTheCodeSays() throws IOException {
    if (System.getProperty("sparkgen.writeReference") != null) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, ConfigReference.markdown());
    }
    assertThat(FILE)
        .as("write it anew with: mvn test -Dtest=ConfigReferenceTest -Dsparkgen.writeReference")
        .hasContent(ConfigReference.markdown());
  }

  @Test
  void everyKeyHasAMeaning() {
    assertThat(Schema.keys()).allSatisfy(key -> assertThat(key.setting().doc()).isNotBlank());
  }

  @Test
  void everyDefaultKeepsItsOwnRule() {
    assertThat(Schema.keys())
        .filteredOn(key -> key.setting().defaultValue().isPresent())
        .hasSizeGreaterThan(30)
        .allSatisfy(key -> Values.read(key.setting(), key.setting().defaultValue().orElseThrow()));
  }
}
