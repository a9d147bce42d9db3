package org.sparkgen.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.evaluation.RoundSelection;
import org.sparkgen.report.Artifact;
import org.sparkgen.report.Diversity;
import org.sparkgen.report.GridPicture;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.Png;
import org.sparkgen.report.ReportContent;
import org.sparkgen.report.ReportPictures;
import org.sparkgen.report.RunFacts;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunReport;
import org.sparkgen.report.RunStatus;
import org.sparkgen.report.RunSummary;
import org.sparkgen.report.SampleStrip;
import org.sparkgen.spark.LatentPlane;
import org.sparkgen.storage.Storage;

/** The pictures of a run, and the page that shows them. */
final class RunGallery {
  private static final Logger LOG = LoggerFactory.getLogger(RunGallery.class);
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int SAMPLES_SHOWN = 64;
  private static final String MAP = "latent-map/final.svg";

  private final RunFolder folder;
  private final RunConfig config;
  private final ModelPictures pictures;
  private final RoundGrids grids;
  private final RoundSelection selection;
  private Optional<Pictures> real = Optional.empty();
  private ExampleBlock shown;
  private OptionalDouble diversity = OptionalDouble.empty();
  private ReportPictures last = ReportPictures.none();
  private Optional<FeatureFacts> features = Optional.empty();

  RunGallery(
      RunFolder folder,
      Storage storage,
      RunConfig config,
      String configuration,
      RoundSelection selection) {
    this.folder = folder;
    this.config = config;
    this.pictures = new ModelPictures(config, configuration);
    this.grids = new RoundGrids(folder, storage);
    this.selection = selection;
  }

  /** Chooses the real examples to show, and finds the grids of earlier starts. */
  void begin(TrainingData data, int roundsFinished) {
    shown = data.shown();
    real = data.pictures();
    grids.forgetAfter(roundsFinished);
  }

  /** Writes the sample grid of a round. */
  void drawRound(TrainingProgress progress) {
    samples(progress.state().published())
        .ifPresent(drawn -> grids.write(progress.rounds(), pictures.grid(drawn)));
  }

  /**
   * Writes the grid of the last round, and the pictures of the finished model.
   *
   * @param snapshot the weights that are published
   * @param data what is encoded
   */
  void drawFinal(TrainingProgress progress, Snapshot snapshot, TrainingData data) {
    long begin = System.nanoTime();
    drawRound(progress);
    Optional<LatentCodes> codes = pictures.codes(snapshot, data::mapped);
    last =
        new ReportPictures(
            samples(snapshot).map(pictures::grid),
            pictures.reconstructions(snapshot, shown),
            pictures.interpolations(snapshot, shown),
            codes.flatMap(
                c ->
                    LatentPlane.map(
                        c.rows(), c.labels(), data.training().preprocessing().classNames())),
            pictures.traversals(snapshot, codes),
            Optional.empty(),
            List.of());
    finalPictures().forEach((name, png) -> folder.commit(finalFile(name), png.bytes()));
    last.latentMap().ifPresent(map -> folder.commit(MAP, map.svg()));
    LOG.info("Drew the finished model in {} ms", (System.nanoTime() - begin) / NANOS_PER_MILLI);
  }

  /** The sample grid of a round, if it has one. */
  Optional<Png> grid(int round) {
    return grids.of(round);
  }

  /** The files of the pictures that the report shows. */
  List<String> files() {
    List<String> files = new ArrayList<>(grids.files());
    finalPictures().keySet().forEach(name -> files.add(finalFile(name)));
    last.latentMap().ifPresent(map -> files.add(MAP));
    return files;
  }

  private static String finalFile(String name) {
    return name + "/final.png";
  }

  /** The pictures of the finished model by name; none before it is. */
  Map<String, Png> finalPictures() {
    Map<String, Png> pictures = new LinkedHashMap<>();
    last.samples().ifPresent(png -> pictures.put("samples", png));
    last.reconstructions().ifPresent(png -> pictures.put("reconstructions", png));
    last.interpolations().ifPresent(png -> pictures.put("interpolations", png));
    last.traversals().ifPresent(t -> pictures.put("traversals", t.grid().picture()));
    return pictures;
  }

  private Optional<Pictures> samples(Snapshot snapshot) {
    Optional<Pictures> samples =
        pictures.samples(snapshot, Math.min(SAMPLES_SHOWN, config.output().samples()));
    if (samples.isPresent() && real.isPresent()) {
      diversity = Diversity.ratio(samples.get(), real.get());
    }
    return samples;
  }

  /** The network in whose features samples are compared, for all that is written from now on. */
  void compareIn(Optional<FeatureFacts> network) {
    features = network;
  }

  /** What the metrics cannot tell. */
  RunFacts facts(TrainingProgress progress) {
    return new RunFacts(
        diversity,
        progress.resumes(),
        progress.fallbacks(),
        selection.best(progress.history()),
        selection.stop(progress.history()),
        features);
  }

  /** The report as it stands. */
  String page(
      RunRecord record,
      TrainingProgress progress,
      RunStatus status,
      Optional<String> reason,
      List<Artifact> artifacts) {
    RunSummary summary =
        new RunSummary(
            record.name(),
            record.family(),
            status,
            reason,
            record.seed(),
            record.rounds(),
            record.started(),
            progress.elapsed(),
            folder.uri());
    return RunReport.html(
        new ReportContent(
            summary,
            progress.history(),
            shownPictures(),
            record.data(),
            facts(progress),
            record.configuration(),
            record.versions(),
            artifacts));
  }

  /** The final pictures; before there are any, the newest grid stands for the samples. */
  private ReportPictures shownPictures() {
    List<GridPicture> evolution = grids.evolution();
    Optional<Png> newest =
        evolution.isEmpty()
            ? Optional.empty()
            : Optional.of(evolution.get(evolution.size() - 1).picture());
    return new ReportPictures(
        last.samples().or(() -> newest),
        last.reconstructions(),
        last.interpolations(),
        last.latentMap(),
        last.traversals(),
        config.data().shape() instanceof ImageShape image
            ? SampleStrip.of(evolution, image)
            : Optional.empty(),
        evolution);
  }
}
