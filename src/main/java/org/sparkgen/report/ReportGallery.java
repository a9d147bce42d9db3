package org.sparkgen.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The pictures of a report, section by section; a section without pictures is left out. */
final class ReportGallery {
  private static final String UNREADABLE =
      "The picture can't be shown here; it lies in the output folder.";

  private final ReportPictures pictures;
  private final Html html = new Html();

  private ReportGallery(ReportPictures pictures) {
    this.pictures = pictures;
  }

  static String html(ReportPictures pictures) {
    ReportGallery gallery = new ReportGallery(pictures);
    gallery.samples();
    gallery.ofModel();
    return gallery.html.toString();
  }

  private void samples() {
    List<String> parts = new ArrayList<>();
    rounds().ifPresent(parts::add);
    pictures
        .strip()
        .map(
            strip ->
                part(
                    "How they came about",
                    labelled(strip, "The first samples of several rounds"),
                    "The top row of these samples as training went on: each column is drawn from the same noise in every round."))
        .ifPresent(parts::add);
    section(parts);
  }

  /** The samples, with a choice of rounds where there are several. */
  private Optional<String> rounds() {
    List<Slides.Slide> slides = new ArrayList<>();
    for (Evolution.Shown round : Evolution.thin(pictures.evolution())) {
      slides.add(new Slides.Slide("round " + Format.count(round.round()), round.picture()));
    }
    pictures
        .samples()
        .filter(samples -> !isNewest(samples))
        .flatMap(PagePicture::of)
        .ifPresent(samples -> slides.add(new Slides.Slide("published", samples)));
    if (slides.isEmpty()) {
      return pictures.samples().map(p -> part("Samples", "", UNREADABLE));
    }
    String caption = "Drawn by the model from noise.";
    return Optional.of(
        slides.size() == 1
            ? part("Samples", slides.get(0).picture().html("Samples"), caption)
            : part(
                "Samples",
                Slides.html(slides),
                caption + " Choose a round to see the same samples then."));
  }

  /** The final samples are those of the last round, unless another round is published. */
  private boolean isNewest(Png samples) {
    List<GridPicture> all = pictures.evolution();
    return !all.isEmpty()
        && Arrays.equals(samples.bytes(), all.get(all.size() - 1).picture().bytes());
  }

  /** Each that the family can make, two beside each other. */
  private void ofModel() {
    List<String> parts = new ArrayList<>();
    picture(
        pictures.reconstructions(),
        "Reconstructions",
        "Originals, as the model sees them, above; what it makes of them below. The closer the better.",
        parts);
    picture(
        pictures.interpolations(),
        "Interpolations",
        "From one example to another, in equal steps through the latent space. Good ones change smoothly, and every step could be real.",
        parts);
    latentSpace(parts);
    section(parts);
  }

  private void latentSpace(List<String> parts) {
    pictures
        .latentMap()
        .ifPresent(
            map ->
                parts.add(
                    part(
                        "Latent map",
                        map.inline(),
                        "Each dot is an example where the encoder places it. Classes that lie apart are told apart without having been asked for.")));
    pictures
        .traversals()
        .ifPresent(
            t ->
                parts.add(
                    part("Traversals", labelled(t.grid(), "Latent traversals"), t.caption())));
  }

  private static void picture(Optional<Png> png, String title, String caption, List<String> parts) {
    png.map(
            p ->
                PagePicture.of(p)
                    .map(shown -> part(title, shown.html(title), caption))
                    .orElseGet(() -> part(title, "", UNREADABLE)))
        .ifPresent(parts::add);
  }

  private static String labelled(LabelledGrid grid, String description) {
    Html html = new Html().open("div", "labelled").open("div", "across");
    grid.columns().forEach(name -> html.element("span", name));
    html.close("div").open("div", "down");
    grid.rows().forEach(name -> html.element("span", name));
    html.close("div");
    PagePicture.of(grid.picture()).ifPresent(picture -> html.markup(picture.html(description)));
    return html.close("div").toString();
  }

  private void section(List<String> parts) {
    if (!parts.isEmpty()) {
      html.open("section", "pictures");
      parts.forEach(html::markup);
      html.close("section");
    }
  }

  private static String part(String title, String content, String caption) {
    Html html = new Html().open("div").element("h2", title).markup(content);
    return html.element("p", "small", caption).close("div").toString();
  }
}
