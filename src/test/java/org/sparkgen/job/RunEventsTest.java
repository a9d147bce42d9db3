package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.report.Events;
import org.sparkgen.report.Events.Point;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.Png;
import org.sparkgen.report.RunEnding;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.MemoryStorage;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.training.RoundMetrics;

/** What TensorFlow's own classes read in the events folder. */
@ExtendWith(LocalSpark.class)
class RunEventsTest {
  private static final Png GRID =
      ImageGrid.grid(Pictures.of(new ImageShape(1, 2, 2), new byte[4]), 1, 1);

  private final MemoryStorage storage = new MemoryStorage();
  private final Map<Integer, Png> grids = new HashMap<>();

  private RunEvents events() {
    IntFunction<Optional<Png>> grid = round -> Optional.ofNullable(grids.get(round));
    return new RunEvents(
        ToldRuns.folder(storage), storage, grid, () -> Map.of("reconstructions", GRID));
  }

  private List<Point> points() {
    return Events.points(Events.in(storage, ToldRuns.OUTPUT));
  }

  private List<String> files() {
    return storage.list(ToldRuns.OUTPUT + "/events").stream().map(StorageEntry::name).toList();
  }

  private static List<Long> steps(List<Point> points, String tag) {
    return points.stream().filter(p -> p.tag().equals(tag)).map(Point::step).toList();
  }

  private static List<Long> upTo(int rounds) {
    return LongStream.rangeClosed(1, rounds).boxed().toList();
  }

  @Test
  void everyRoundIsThereOnceAndInOrder() {
    RunEvents events = events();
    ToldRuns.tell(events, 0, 7);
    assertThat(steps(points(), "loss/kl")).as("while it runs").isEqualTo(upTo(7));
    events.ended(RunEnding.finished(List.of()));

    assertThat(points())
        .extracting(Point::tag)
        .containsOnly(
            "loss/kl",
            "heldOut/loss",
            "progress/epoch",
            "progress/imagesSeen",
            "progress/imagesPerSecond",
            "final/reconstructions");
    assertThat(steps(points(), "loss/kl")).isEqualTo(upTo(7));
    assertThat(steps(points(), "heldOut/loss")).isEqualTo(upTo(7));
    assertThat(steps(points(), "final/reconstructions")).containsExactly(7L);
    assertThat(points())
        .filteredOn(p -> p.tag().equals("loss/kl"))
        .extracting(p -> p.value().getSimpleValue())
        .containsExactly(1f, 1 / 2f, 1 / 3f, 1 / 4f, 1 / 5f, 1 / 6f, 1 / 7f);
    assertThat(Events.in(storage, ToldRuns.OUTPUT))
        .filteredOn(e -> e.getSummary().getValueCount() == 5)
        .extracting(e -> e.getWallTime() - ToldRuns.BEGUN.getEpochSecond())
        .containsExactly(1., 2., 3., 4., 5., 6., 7.);
  }

  @Test
  void aLongRunHasFewFilesThatAreNeverTouchedAgain() {
    RunEvents events = events();
    ToldRuns.tell(events, 0, 5_000);
    Map<String, byte[]> before = Map.copyOf(storage.files());
    ToldRuns.rounds(5_001, 10_000).forEach(events::roundEnded);
    assertThat(steps(points(), "loss/kl")).as("while it runs").hasSizeGreaterThan(9_800);
    events.ended(RunEnding.finished(List.of()));

    assertThat(storage.files()).containsAllEntriesOf(before);
    assertThat(files()).hasSizeLessThan(400);
    assertThat(steps(points(), "loss/kl")).isEqualTo(upTo(10_000));
  }

  @Test
  void aResumedRunShowsOneCurve() {
    ToldRuns.tell(events(), 0, 500);
    storage.publish(
        ToldRuns.OUTPUT + "/events/.events.out.tfevents.0000000001.0000000001.sparkgen.x.tmp", "x");

    for (int resumedAfter : List.of(437, 60, 0)) {
      RunEvents events = events();
      ToldRuns.tell(events, resumedAfter, 450);
      events.ended(RunEnding.failed("out of luck"));
      assertThat(steps(points(), "loss/kl")).as("after %s", resumedAfter).isEqualTo(upTo(450));
    }

    assertThat(files()).allMatch(name -> name.endsWith(".sparkgen"));
  }

  @Test
  void aRunThatTurnsEventsOnLateHasItsWholePast() {
    RunEvents events = events();
    IntStream.rangeClosed(1, 300).forEach(round -> grids.put(round, GRID));
    ToldRuns.tell(events, 300, 301);
    events.ended(RunEnding.failed("out of luck"));

    assertThat(steps(points(), "loss/kl")).isEqualTo(upTo(301));
    assertThat(steps(points(), "samples")).isEqualTo(upTo(300));
  }

  @Test
  void theLastGridIsThereOnceWheneverItWasDrawn() {
    RunEvents events = events();
    grids.put(1, GRID);
    ToldRuns.tell(events, 0, 2);
    assertThat(steps(points(), "samples")).containsExactly(1L);
    grids.put(2, GRID);
    events.ended(RunEnding.finished(List.of()));
    assertThat(steps(points(), "samples")).containsExactly(1L, 2L);

    // The driver dies before it says so, and the next one only ends the run.
    RunEvents again = events();
    ToldRuns.tell(again, 2, 2);
    again.ended(RunEnding.finished(List.of()));

    assertThat(steps(points(), "samples")).containsExactly(1L, 2L);
    assertThat(steps(points(), "loss/kl")).containsExactly(1L, 2L);
    assertThat(steps(points(), "final/reconstructions")).containsExactly(2L);
  }

  @Test
  void aTrainingThatDiedTwiceLeavesOneCleanCurve(@TempDir Path folder, SparkSession session) {
    RunConfig config = Trainings.vae(folder, "output.events=true");
    for (String fatal : List.of("round-000002/manifest.json", "0000000002.sparkgen")) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> Trainings.train(config, new MortalStorage(Death.AFTER, fatal)))
          .withMessage(MortalStorage.MESSAGE);
    }
    Trainings.train(config);

    Storage disk = Storage.open();
    List<RoundMetrics> metrics = Trainings.metrics(config.output().path());
    List<Point> points = Events.points(Events.in(disk, config.output().path()));
    assertThat(metrics).hasSize(3);
    for (String loss : metrics.get(0).losses().keySet()) {
      String tag =
          loss.startsWith("heldOut.") ? loss.replace("heldOut.", "heldOut/") : "loss/" + loss;
      assertThat(points)
          .filteredOn(p -> p.tag().equals(tag))
          .extracting(p -> p.value().getSimpleValue())
          .as(tag)
          .containsExactlyElementsOf(
              metrics.stream().map(m -> m.losses().get(loss).floatValue()).toList());
    }
    assertThat(steps(points, "samples")).containsExactly(1L, 2L, 3L);
    assertThat(points)
        .filteredOn(p -> p.tag().equals("samples") && p.step() == 3)
        .extracting(p -> p.value().getImage().getEncodedImageString().toByteArray())
        .containsExactly(disk.readBytes(config.output().path() + "/samples/round-000003.png"));
    assertThat(points)
        .extracting(Point::tag)
        .contains("final/samples", "final/reconstructions", "final/interpolations");
  }

  @Test
  void nothingIsWrittenUnlessAskedFor(@TempDir Path folder, SparkSession session) {
    RunConfig config = Trainings.vae(folder, "training.epochs=1");
    Trainings.train(config);

    assertThat(Path.of(config.output().path(), "events")).doesNotExist();
    assertThat(Path.of(config.output().path(), "mlflow.json")).doesNotExist();
  }
}
