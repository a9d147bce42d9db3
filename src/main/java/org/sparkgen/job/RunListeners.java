package org.sparkgen.job;

import java.util.List;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.training.RoundMetrics;

/** Several listeners, told one after the other. */
final class RunListeners implements RunListener {
  private final List<RunListener> listeners;

  RunListeners(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void begun(RunRecord run, List<RoundMetrics> finished) {
    listeners.forEach(listener -> listener.begun(run, finished));
  }

  @Override
  public void roundEnded(RoundMetrics round) {
    listeners.forEach(listener -> listener.roundEnded(round));
  }

  /** Tells all, whatever one of them throws. */
  @Override
  public void ended(RunEnding ending) {
    RuntimeException failure = null;
    for (RunListener listener : listeners) {
      try {
        listener.ended(ending);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
