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

  /**
   * Reads the model.
   *
   * @throws JobException INPUT if there is no checkpoint yet
   */
  static PastModel of(Storage storage, String output, RunConfig config) {
    Checkpoints checkpoints = new Checkpoints(storage, output, KEPT);
    Checkpoint checkpoint =
        best(storage, output, config)
            .flatMap(best -> checkpoints.verified(best.round()))
            .or(() -> checkpoints.latestVerified().checkpoint())
            .orElseThrow(
                () ->
                    new JobException(
                        ExitCode.INPUT,
                        output + " has no checkpoint yet: wait for its first round to end"));
    return new PastModel(checkpoint, TrainingState.restored(checkpoint.snapshot()).published());
  }

  private static Optional<BestRound> best(Storage storage, String output, RunConfig config) {
    return Completion.read(storage, output).isEmpty()
        ? Optional.empty()
        : new RoundSelection(config.evaluation()).best(PastRun.of(storage, output).metrics());
  }
}
