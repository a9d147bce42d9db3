package org.sparkgen.job;

import java.util.List;
import java.util.Optional;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.training.RoundMetrics;

/** Keeps {@code report.html} up to date: every few seconds, and at the end. */
final class RunPage implements RunListener {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  /** A page that takes long is written less often: at most one part in so many of the time. */
  private static final long SHARE = 200;

  private static final RunEnding NOT_YET =
      new RunEnding(RunStatus.RUNNING, Optional.empty(), List.of());

  private final RunFolder folder;
  private final RunGallery gallery;
  private final TrainingProgress progress;
  private RunRecord record;
  private long next;

  RunPage(RunFolder folder, RunGallery gallery, TrainingProgress progress) {
    this.folder = folder;
    this.gallery = gallery;
    this.progress = progress;
  }

  @Override
  public void begun(RunRecord run, List<RoundMetrics> finished) {
    record = run;
    next = System.nanoTime() + INTERVAL_NANOS;
  }

  @Override
  public void roundEnded(RoundMetrics round) {
    if (System.nanoTime() - next > 0) {
      write(NOT_YET);
    }
  }

  @Override
  public void ended(RunEnding ending) {
    write(ending);
  }

  private void write(RunEnding ending) {
    long begin = System.nanoTime();
    folder.commit(
        "report.html",
        gallery.page(record, progress, ending.status(), ending.reason(), ending.artifacts()));
    long end = System.nanoTime();
    next = end + Math.max(INTERVAL_NANOS, SHARE * (end - begin));
  }
}
