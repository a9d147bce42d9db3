package org.sparkgen.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The frame of a page that holds everything it shows, runs no scripts and loads nothing. */
final class Page {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private Page() {}

  /**
   * A whole page.
   *
   * @param title plain text
   * @param body markup
   */
  static String html(String title, String body) {
    Html html = new Html();
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.element("title", title);
    html.markup("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    return html.markup(body).markup("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream stream = Page.class.getResourceAsStream("report.css")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css can't be read from the application jar", e);
    }
  }
}
