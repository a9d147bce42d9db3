package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a page; all texts are escaped. */
final class Table {
  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<Column> columns) {
    this.columns = columns;
  }

  /** How the cells of a column are set. */
  enum Kind {
    /** Left. */
    TEXT(""),
    /** Right, digits of equal width. */
    NUMBER(" class=\"number\""),
    /** In a fixed-width font, broken anywhere. */
    CODE(" class=\"code\"");

    private final String attribute;

    Kind(String attribute) {
      this.attribute = attribute;
    }
  }

  /**
   * A column.
   *
   * @param heading its heading
   * @param kind how its cells are set
   */
  record Column(String heading, Kind kind) {}

  static Table of(Column... columns) {
    return new Table(List.of(columns));
  }

  static Column text(String heading) {
    return new Column(heading, Kind.TEXT);
  }

  static Column number(String heading) {
    return new Column(heading, Kind.NUMBER);
  }

  static Column code(String heading) {
    return new Column(heading, Kind.CODE);
  }

  /** Adds a row with a cell for every column. */
  Table row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The table as HTML; without a head where no column has a heading. */
  String html() {
    Html html = new Html().markup("<div class=\"scroll\"><table>\n");
    if (columns.stream().anyMatch(c -> !c.heading().isEmpty())) {
      html.markup("<thead><tr>");
      columns.forEach(c -> cell(html, "th", c, c.heading()));
      html.markup("</tr></thead>\n");
    }
    html.markup("<tbody>\n");
    for (List<String> row : rows) {
      html.markup("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(html, "td", columns.get(i), row.get(i));
      }
      html.markup("</tr>\n");
    }
    return html.markup("</tbody></table></div>\n").toString();
  }

  private static void cell(Html html, String tag, Column column, String text) {
    html.markup("<" + tag + column.kind().attribute + ">" + Html.escape(text) + "</" + tag + ">");
  }
}
