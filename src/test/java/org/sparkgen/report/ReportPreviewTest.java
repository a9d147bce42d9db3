package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves pages in {@code target/report-preview} to be looked at in a browser. */
class ReportPreviewTest {
  private static final Path FOLDER = Path.of("target/report-preview");
  private static final int LARGEST_PAGE = 5_000_000;

  @Test
  void aRunOfSixtyRoundsFitsIntoASmallPage() throws IOException {
    write("vae.html", ExampleRun.vae(60));
    write("gan.html", ExampleRun.gan(30));
  }

  @Test
  void thousandsOfRoundsFitToo() throws IOException {
    write("long.html", ExampleRun.vae(5_000));
  }

  @Test
  void aFailedRunAndOneThatHasJustBegunHaveAPage() throws IOException {
    write("failed.html", ExampleRun.failed());
    write("begun.html", ExampleRun.begun());
  }

  private static void write(String name, ReportContent content) throws IOException {
    Files.createDirectories(FOLDER);
    Path page = FOLDER.resolve(name);
    Files.writeString(page, RunReport.html(content));
    assertThat(page).isNotEmptyFile();
    assertThat(Files.size(page)).isLessThan(LARGEST_PAGE);
  }
}
