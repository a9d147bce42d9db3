package org.sparkgen.report;

/** Builds HTML; what comes from people and files goes through {@link #escape}. */
final class Html {
  private static final char REPLACEMENT = '\ufffd';

  private final StringBuilder out = new StringBuilder();

  /** Adds markup of our own, as it is. */
  Html markup(String markup) {
    out.append(markup);
    return this;
  }

  /** Adds an element that holds only text; the text is escaped. */
  Html element(String tag, String text) {
    return open(tag).markup(escape(text)).close(tag);
  }

  /** Adds an element of a style class that holds only text; the text is escaped. */
  Html element(String tag, String styleClass, String text) {
    return open(tag, styleClass).markup(escape(text)).close(tag);
  }

  Html open(String tag) {
    return markup("<" + tag + ">");
  }

  Html open(String tag, String styleClass) {
    return markup("<" + tag + " class=\"" + styleClass + "\">");
  }

  Html close(String tag) {
    return markup("</" + tag + ">\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Two parts in two columns, or the second below the first where the window is narrow. */
  static String sideBySide(String first, String second) {
    Html html = new Html().open("div", "pair").open("div").markup(first).close("div");
    return html.open("div").markup(second).close("div").close("div").toString();
  }

  /**
   * Text that shows as itself between tags and in quoted attributes. Characters that would be
   * invisible or change the direction of what follows become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> escape(c, escaped));
    return escaped.toString();
  }

  private static void escape(int codePoint, StringBuilder out) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.appendCodePoint(codePoint);
      default -> out.appendCodePoint(shown(codePoint) ? codePoint : REPLACEMENT);
    }
  }

  private static boolean shown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> true;
    };
  }
}
