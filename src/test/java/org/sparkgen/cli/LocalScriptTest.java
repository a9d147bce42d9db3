package org.sparkgen.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The help of submit/local.sh, which needs nothing built. */
class LocalScriptTest {
  private static String help(String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "submit/local.sh", argument).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  /** What follows a help's heading of commands; lines may be broken anywhere. */
  private static String commands(String help) {
    return help.lines()
        .dropWhile(line -> !line.startsWith("Commands"))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .map(line -> line.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(" "));
  }

  @Test
  void listsTheCommandsOfTheApplication() throws Exception {
    StringWriter out = new StringWriter();
    new Application(new FakeCommands(), new PrintWriter(out), new PrintWriter(out)).run("--help");
    String expected = commands(out.toString());

    assertThat(expected).contains("train Trains a model", "bench Measures how fast");
    assertThat(commands(help("--help"))).isEqualTo(expected);
    assertThat(help("help")).isEqualTo(help("--help")).isEqualTo(help("-h"));
  }
}
