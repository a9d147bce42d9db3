package org.sparkgen.report;

import java.util.List;
import org.sparkgen.training.RoundMetrics;

/**
 * Is told how a run goes, in the thread that drives it: what it takes, the run takes. What it
 * throws ends the run, so who only watches throws nothing.
 */
public interface RunListener {
  /**
   * Data and weights are there, and rounds begin.
   *
   * @param run what {@code run.json} says
   * @param finished the rounds of earlier starts that count, from the first
   */
  void begun(RunRecord run, List<RoundMetrics> finished);

  /** A round has ended; its checkpoint, if it has one, and its metrics are written. */
  void roundEnded(RoundMetrics round);

  /** No more rounds come. What a listener leaves in the output folder, it writes now. */
  void ended(RunEnding ending);
}
