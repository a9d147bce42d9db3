package org.sparkgen.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that runs to its end, and programs that stand in for others. */
final class Script {
  private static final int MINUTES = 3;

  private Script() {}

  /**
   * How it ended.
   *
   * @param code its exit code
   * @param output what it wrote, errors too
   */
  record End(int code, String output) {}

  /** Runs a command with more in its environment; an empty value takes a variable away. */
  static End run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().values().removeIf(String::isEmpty);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(output).isTrue();
    return new End(process.exitValue(), output);
  }

  /** Writes a program of bash. */
  static Path program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
