package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.RoundSelection;
import org.sparkgen.storage.Storage;

/**
 * The model in an output folder: of a finished training the one that it has published, of a running
 * one that of its newest sound checkpoint.
 *
 * @param checkpoint where it comes from
 * @param published its weights, averaged over rounds if that was asked for
 */
record PastModel(Checkpoint checkpoint, Snapshot published) {
  private static final int KEPT = 2;
  private static final int LOOKS = 5;

  /**
   * Reads the model.
   *
   * @throws JobException INPUT if there is no checkpoint yet; STORAGE if that of the published
   *     round is lost
   */
  static PastModel of(Storage storage, String output, RunConfig config) {
    Checkpoints checkpoints = new Checkpoints(storage, output, KEPT);
    Optional<BestRound> best = best(storage, output, config);
    Checkpoint checkpoint =
        best.isPresent()
            ? checkpoints
                .verified(best.get().round())
                .orElseThrow(() -> bestIsLost(output, best.get().round()))
            : newest(checkpoints)
                .orElseThrow(() -> PastRun.of(storage, output).withoutCheckpoint());
    return new PastModel(checkpoint, TrainingState.restored(checkpoint.snapshot()).published());
  }

  /** A running training deletes old checkpoints, perhaps while they are read: look again then. */
  private static Optional<Checkpoint> newest(Checkpoints checkpoints) {
    Optional<Checkpoint> newest = checkpoints.latestVerified().checkpoint();
    for (int i = 1; i < LOOKS && newest.isEmpty(); i++) {
      newest = checkpoints.latestVerified().checkpoint();
    }
    return newest;
  }

  private static JobException bestIsLost(String output, int round) {
    return new JobException(
        ExitCode.STORAGE,
        "%s: the checkpoint of round %d, whose weights this run published, is missing or damaged; restore it, or use what is in artifacts"
            .formatted(output, round));
  }

  private static Optional<BestRound> best(Storage storage, String output, RunConfig config) {
    return Completion.read(storage, output).isEmpty()
        ? Optional.empty()
        : new RoundSelection(config.evaluation()).best(PastRun.of(storage, output).metrics());
  }
}
