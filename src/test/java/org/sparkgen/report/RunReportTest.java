package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageShape;
import org.sparkgen.evaluation.BestRound;
import org.xml.sax.InputSource;

class RunReportTest {
  @Test
  void loadsNothingFromElsewhere() throws IOException {
    String page = RunReport.html(ExampleRun.vae(20));

    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("<script", "<link", "<iframe", "http://", "https://", "@import", "url(");
    assertThat(Pattern.compile("src=\"(?!data:image/(png|jpeg);base64,)").matcher(page).find())
        .isFalse();
  }

  @Test
  void escapesWhatComesFromPeople() {
    String page = RunReport.html(ExampleRun.failed());

    assertThat(page)
        .contains(
            "&lt;b&gt;bold&lt;/b&gt;",
            "Lower &lt;rate&gt;.",
            "photos/&lt;script&gt;alert(1)&lt;/script&gt;.png")
        .doesNotContain("<b>bold", "<script", "<rate>");
  }

  @Test
  void escapesNamesOfClasses() throws IOException {
    String page = RunReport.html(ExampleRun.vae(3));

    assertThat(ExampleRun.HOSTILE_CLASS).contains("<script>");
    assertThat(page)
        .contains("&quot;&gt;&lt;script&gt;alert(&#39;class&#39;)&lt;/script&gt;")
        .contains("shirts &amp; skirts")
        .doesNotContain("<script", "alert('");
  }

  @Test
  void invisibleCharactersShow() {
    assertThat(Html.escape("a\u0000b\u202ec\u200b\"'&"))
        .isEqualTo("a\ufffdb\ufffdc\ufffd&quot;&#39;&amp;");
  }

  @Test
  void showsAllPartsOfAFinishedRun() throws IOException {
    String page = RunReport.html(ExampleRun.vae(30));

    assertThat(page)
        .contains(
            "<span class=\"status finished\">finished</span>",
            "30 of 30 rounds",
            "<h2>Looks healthy.</h2>",
            "<h2>Samples</h2>",
            "<h2>Reconstructions</h2>",
            "<h2>Interpolations</h2>",
            "<h2>How they came about</h2>",
            "<h2>Latent map</h2>",
            "<h2>Traversals</h2>",
            "<span>z3  0.98</span>",
            "<dt>held-out loss</dt>",
            "<dt>variety of samples</dt><dd>83 %</dd>".replace("><dd", ">\n<dd"),
            "nats per example",
            "<b>reconstruction</b>",
            "held-out",
            "<b>images per second</b>",
            "<b>Seconds a round</b>",
            "examples a shard",
            "4,981 to 5,009, median 4,999",
            "The first 3 of 12",
            "optimizer.learningRate",
            "OMP_NUM_THREADS",
            "artifacts/decoder.zip");
    assertThat(page).containsPattern("<title>round 12\ntraining [0-9.]+\nheld-out [0-9.]+</title>");
    assertThat(page).as("equal to the loss").doesNotContain("<b>negative ELBO</b>");
  }

  @Test
  void showsAtMostTwelveRoundsOfSamples() throws IOException {
    String page = RunReport.html(ExampleRun.vae(60));

    assertThat(Pattern.compile(">round [0-9]+</label>").matcher(page).results()).hasSize(12);
    assertThat(Pattern.compile("checked=\"checked\"").matcher(page).results()).hasSize(1);
    assertThat(page).contains(">round 1</label>", ">round 58</label>");
  }

  @Test
  void aPictureThatCannotBeReadIsLeftOutAndSaidSo() throws IOException {
    Png samples = ExampleRun.vae(5).pictures().samples().get();
    Png cut = Png.of(Arrays.copyOf(Arrays.copyOf(samples.bytes(), 100), 600_000));

    assertThat(RunReport.html(with(ExampleRun.vae(5), ofSamples(cut))))
        .contains("The picture can&#39;t be shown here; it lies in the output folder.");
  }

  @Test
  void aLargePictureInColourIsShownWithFewerBytes() throws IOException {
    byte[] noise = new byte[64 * 3 * 64 * 64];
    new Random(3).nextBytes(noise);
    Png samples = ImageGrid.square(Pictures.of(new ImageShape(3, 64, 64), noise));
    assertThat(samples.bytes()).hasSizeGreaterThan(700_000);

    String page = RunReport.html(with(ExampleRun.vae(5), ofSamples(samples)));

    assertThat(page).contains("<img src=\"data:image/jpeg;base64,");
    assertThat(page).hasSizeLessThan(500_000);
    assertThat(PagePicture.of(samples).orElseThrow().size()).isLessThan(300_000);
  }

  /** Only where another round than the last one is published are there two final grids. */
  @Test
  void samplesOfAnotherRoundThanTheLastAreShownToo() throws IOException {
    assertThat(RunReport.html(ExampleRun.vae(5))).contains(">published</label>");
    ReportPictures pictures = ExampleRun.vae(5).pictures();
    GridPicture last = pictures.evolution().get(pictures.evolution().size() - 1);
    ReportPictures same =
        new ReportPictures(
            Optional.of(last.picture()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            pictures.evolution());
    assertThat(RunReport.html(with(ExampleRun.vae(5), same))).doesNotContain(">published</label>");
  }

  @Test
  void aRunThatHasJustBegunHasNoCurves() {
    assertThat(RunReport.html(ExampleRun.begun()))
        .contains("Nothing to judge yet.", "0 of 20 rounds")
        .doesNotContain("<svg", "<img", "<h2>Curves</h2>");
  }

  @Test
  void isWellFormed() throws Exception {
    for (ReportContent content :
        List.of(ExampleRun.vae(15), ExampleRun.gan(15), ExampleRun.failed(), ExampleRun.begun())) {
      String page = RunReport.html(content);
      String xml =
          page.substring(page.indexOf("<body>"))
              .replace("</html>", "")
              .replaceAll("(<img [^>]*)>", "$1/>");
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    }
  }

  @Test
  void equalContentGivesEqualPages() throws IOException {
    assertThat(RunReport.html(ExampleRun.gan(12))).isEqualTo(RunReport.html(ExampleRun.gan(12)));
  }

  @Test
  void curvesOfOneRoundAndOfEqualValuesCanBeDrawn() {
    String one = new ReportCharts(Rounds.of(1, "loss", r -> 0), Optional.empty()).html();
    String flat = new ReportCharts(Rounds.of(30, "loss", r -> 7), Optional.empty()).html();

    assertThat(one + flat).doesNotContain("NaN", "Infinity");
  }

  @Test
  void firstLossesFarAboveTheOthersAreCutOffAndSaidSo() {
    String charts =
        new ReportCharts(Rounds.of(40, "loss", r -> r == 1 ? 540 : 100 + r % 2), Optional.empty())
            .html();

    assertThat(charts).contains("Off the scale: 1 value in round 1, up to 540.0.");
  }

  @Test
  void aNumberThatIsNotFiniteDoesNotBreakItsCurve() {
    String charts =
        new ReportCharts(
                Rounds.of(5, r -> Map.of("kl", r == 3 ? Double.NaN : 1.0 * r)), Optional.empty())
            .html();

    assertThat(charts).contains("<b>kl</b>").doesNotContain("NaN");
  }

  @Test
  void metricsAreDrawnBesideWhatRealDataReachAndTheBestIsMarked() {
    String charts =
        new ReportCharts(
                Rounds.of(
                    4,
                    r ->
                        Map.of(
                            "heldOut.frechetDistance",
                            10.0 - (r == 3 ? 5 : 0),
                            "heldOut.frechetFloor",
                            1.0,
                            "heldOut.kernelStandardError",
                            0.1)),
                Optional.of(new BestRound(3, "frechetDistance", 5)))
            .html();

    assertThat(charts)
        .contains("<b>Frechet distance</b>", "real data <em>1.000</em>", "best <em>5.000</em>")
        .contains("<circle class=\"line3\" r=\"5\"")
        .doesNotContain("frechetFloor", "kernelStandardError");
  }

  private static ReportPictures ofSamples(Png samples) {
    return new ReportPictures(
        Optional.of(samples),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static ReportContent with(ReportContent content, ReportPictures pictures) {
    return new ReportContent(
        content.run(),
        content.rounds(),
        pictures,
        content.data(),
        content.facts(),
        content.configuration(),
        content.versions(),
        content.artifacts());
  }
}
