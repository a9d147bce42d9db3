package org.sparkgen.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.report.EventFile;
import org.sparkgen.report.Png;
import org.sparkgen.report.RoundScalars;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.training.RoundMetrics;

/**
 * TensorBoard's view of a run: event files in {@code events}, the step is the round.
 *
 * <p>Nothing can be appended to a file on S3, and a viewer may hold an old file open where a new
 * one has taken its name. So each file holds some rounds and is never touched again; the names tell
 * them in the order in which viewers go through them: {@code
 * events.out.tfevents.FIRST.LAST.sparkgen}. The first hundred rounds have a file each, and from
 * then on a file holds one part in fifty of the rounds before it, so that ten thousand rounds make
 * some hundreds of files.
 *
 * <p>What a file holds follows from the metrics and the sample grids. A resumed run takes away the
 * files of rounds that are to come again, and writes again what they held of earlier ones.
 */
final class RunEvents implements RunListener {
  private static final Pattern NAME =
      Pattern.compile("events\\.out\\.tfevents\\.\\d{10}\\.(\\d{10})\\.sparkgen");
  private static final int SHARE = 50;
  private static final String SAMPLES = "samples";

  private final RunFolder folder;
  private final Storage storage;
  private final IntFunction<Optional<Png>> grids;
  private final Supplier<Map<String, Png>> finalPictures;
  private final List<RoundScalars> waiting = new ArrayList<>();
  private RoundScalars.Series series;
  private Optional<RoundScalars> newest = Optional.empty();
  private boolean newestHasGrid;

  /**
   * Events of a run.
   *
   * @param grids the sample grid of a round, if it has one
   * @param finalPictures those of the finished model, by name
   */
  RunEvents(
      RunFolder folder,
      Storage storage,
      IntFunction<Optional<Png>> grids,
      Supplier<Map<String, Png>> finalPictures) {
    this.folder = folder;
    this.storage = storage;
    this.grids = grids;
    this.finalPictures = finalPictures;
  }

  @Override
  public void begun(RunRecord run, List<RoundMetrics> finished) {
    series = new RoundScalars.Series(run.started());
    int kept = keepBefore(finished.size());
    for (RoundMetrics round : finished) {
      RoundScalars scalars = series.next(round);
      if (scalars.round() > kept) {
        waiting.add(scalars);
      }
    }
    publishDue();
  }

  @Override
  public void roundEnded(RoundMetrics round) {
    waiting.add(series.next(round));
    publishDue();
  }

  @Override
  public void ended(RunEnding ending) {
    if (!waiting.isEmpty()) {
      publish(waiting.size());
    }
    if (ending.status() == RunStatus.FINISHED) {
      newest.ifPresent(this::publishFinal);
    }
  }

  /**
   * Deletes all but the files that hold rounds before the last finished one. That one's may lack
   * the grid, which is drawn later.
   *
   * @return the newest round that is kept
   */
  private int keepBefore(int finished) {
    int kept = 0;
    String events = folder.uri("events");
    if (storage.exists(events)) {
      folder.checkOwner();
      for (StorageEntry entry : storage.list(events)) {
        Matcher name = NAME.matcher(entry.name());
        if (name.matches() && Integer.parseInt(name.group(1)) < finished) {
          kept = Math.max(kept, Integer.parseInt(name.group(1)));
        } else {
          storage.delete(entry.uri());
        }
      }
    }
    return kept;
  }

  private void publishDue() {
    while (!waiting.isEmpty() && waiting.size() >= due(waiting.get(0).round())) {
      publish(due(waiting.get(0).round()));
    }
  }

  private static int due(int first) {
    return Math.max(1, first / SHARE);
  }

  private void publish(int rounds) {
    List<RoundScalars> part = waiting.subList(0, rounds);
    RoundScalars first = part.get(0);
    EventFile file = new EventFile(first.at()).restart(first.round(), first.at());
    for (RoundScalars round : part) {
      file.scalars(round.round(), round.at(), round.values());
      Optional<Png> grid = grids.apply(round.round());
      grid.ifPresent(png -> file.picture(round.round(), round.at(), SAMPLES, png));
      newest = Optional.of(round);
      newestHasGrid = grid.isPresent();
    }
    commit(first.round(), part.get(rounds - 1).round(), "sparkgen", file);
    part.clear();
  }

  /** The pictures of the finished model; and the last round's grid, if its file had none yet. */
  private void publishFinal(RoundScalars last) {
    int step = last.round();
    Instant at = last.at();
    EventFile file = new EventFile(at);
    if (!newestHasGrid) {
      grids.apply(step).ifPresent(png -> file.picture(step, at, SAMPLES, png));
    }
    finalPictures.get().forEach((name, png) -> file.picture(step, at, "final/" + name, png));
    commit(step, step, "sparkgen-final", file);
  }

  private void commit(int first, int last, String suffix, EventFile file) {
    folder.commit(
        "events/events.out.tfevents.%010d.%010d.%s".formatted(first, last, suffix), file.bytes());
  }
}
