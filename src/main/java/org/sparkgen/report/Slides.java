package org.sparkgen.report;

import java.util.List;

/**
 * Pictures of which one shows at a time, chosen by radio buttons, so that no script is needed; a
 * reader without styles sees all of them.
 */
final class Slides {
  private Slides() {}

  /**
   * A picture to choose.
   *
   * @param name what its button says
   * @param picture what it shows
   */
  record Slide(String name, PagePicture picture) {}

  /** The last one shows first; a page has at most one of these. */
  static String html(List<Slide> slides) {
    Html html = new Html().open("div", "slides");
    for (int i = 0; i < slides.size(); i++) {
      Slide slide = slides.get(i);
      html.markup(
          "<input type=\"radio\" name=\"slide\" id=\"slide%d\"%s/>"
              .formatted(i, i == slides.size() - 1 ? " checked=\"checked\"" : ""));
      html.markup("<label for=\"slide%d\">%s</label>".formatted(i, Html.escape(slide.name())));
      html.open("figure").markup(slide.picture().html("Samples: " + slide.name())).close("figure");
    }
    return html.close("div").toString();
  }
}
