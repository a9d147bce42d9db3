package org.sparkgen.training;

/** Follows the rounds of a run, in the thread that drives them: what it takes, the run takes. */
public interface RoundListener {
  /** Follows nothing. */
  RoundListener NONE =
      new RoundListener() {
        @Override
        public void roundsBegin() {}

        @Override
        public void roundEnded(RoundMetrics metrics) {}
      };

  /** Data and weights are there; the first round of this start begins. */
  void roundsBegin();

  /** A round has ended, and all that it leaves behind is written. */
  void roundEnded(RoundMetrics metrics);
}
