package org.sparkgen.job;

import java.util.Map;

/**
 * What a training came to.
 *
 * @param ending how it got there
 * @param output the output folder
 * @param rounds rounds finished
 * @param losses the last round's losses, held-out ones included
 * @param weightsSha256 digest of the final weights
 */
public record TrainResult(
    Ending ending, String output, int rounds, Map<String, Double> losses, String weightsSha256) {

  /** How a training ended well. */
  public enum Ending {
    /** Trained from the first round to the last. */
    COMPLETE,
    /** Went on from a checkpoint to the last round. */
    RESUMED,
    /** Was complete before. */
    ALREADY_COMPLETE
  }
}
