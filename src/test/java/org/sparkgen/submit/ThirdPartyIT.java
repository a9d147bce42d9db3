package org.sparkgen.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * That third-party.md lists all that the application jar holds of others, and only good licences.
 */
class ThirdPartyIT {
  private static final Pattern MAVEN =
      Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");
  private static final Pattern LIBRARY = Pattern.compile(".*/([^/]+\\.so[.0-9]*)");

  /** Those that ask for no more than a notice, and what comes with compilers. */
  private static final Set<String> FREE =
      Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT");

  private static final Map<String, String> OF_COMPILERS =
      Map.of(
          "libgcc_s.so.1", "GPL-3.0-or-later WITH GCC-exception-3.1",
          "libgfortran.so.5", "GPL-3.0-or-later WITH GCC-exception-3.1",
          "libgomp.so.1", "GPL-3.0-or-later WITH GCC-exception-3.1",
          "libquadmath.so.0", "LGPL-2.1-or-later");

  private static Set<String> held() throws IOException {
    Set<String> names = new TreeSet<>();
    try (JarFile jar = new JarFile(System.getProperty("sparkgen.jar"))) {
      for (String entry : jar.stream().map(Object::toString).toList()) {
        Matcher maven = MAVEN.matcher(entry);
        Matcher library = LIBRARY.matcher(entry);
        if (maven.matches() && !maven.group(1).equals("org.sparkgen")) {
          names.add(maven.group(1) + ":" + maven.group(2));
        } else if (library.matches()) {
          names.add(library.group(1));
        }
      }
    }
    return names;
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void allIsListedAndNothingElse() throws IOException {
    Set<String> listed = ThirdParty.listed().keySet();
    Set<String> held = held();

    assertThat(held).hasSizeGreaterThan(40);
    assertThat(held)
        .allSatisfy(name -> assertThat(listed).anyMatch(entry -> ThirdParty.covers(entry, name)));
    // Their jars don't say what they are.
    Set<String> silent =
        Set.of("com.typesafe:config", "info.picocli:picocli", "org.freemarker:freemarker");
    assertThat(listed)
        .filteredOn(entry -> !silent.contains(entry))
        .allSatisfy(entry -> assertThat(held).anyMatch(name -> ThirdParty.covers(entry, name)));
  }

  @Test
  void noLicenceAsksForMoreThanANoticeOrTheExceptionOfCompilers() throws IOException {
    ThirdParty.listed()
        .forEach(
            (name, licence) -> {
              if (!FREE.contains(licence)) {
                assertThat(OF_COMPILERS).containsEntry(name, licence);
              }
            });
  }
}
