package org.sparkgen.model;

import java.util.Map;
import org.sparkgen.data.Batch;
import org.sparkgen.nn.Net;

/**
 * What is trained by local steps and averaging: one to three networks and a training step.
 *
 * <p>It is used by one thread at a time; its step runs in that thread's {@link
 * org.sparkgen.nn.StepWorkspace}. What else it can do is said by the interfaces it implements:
 * {@link Generator}, {@link Sampler}, {@link Encoder}, {@link Reconstructor}, {@link Evaluable},
 * {@link LikelihoodEstimator}, {@link FeatureNetwork}.
 */
public sealed interface Trainable permits GenerativeModel, ClassifierModel {
  /** Network name to network. */
  Map<String, Net> nets();

  /**
   * Prepares for the steps of a round. After this, steps depend on the networks' state, the batches
   * and nothing else.
   *
   * @param epoch epochs finished before, for schedules
   * @param firstStep steps of this epoch that earlier rounds have made, for players that take turns
   * @param noiseSeed source of the round's noise
   */
  void startRound(int epoch, int firstStep, long noiseSeed);

  /**
   * One update of every network that learns in this step.
   *
   * @param batch examples in the model's range
   * @param reporting whether the losses are computed, which costs time
   * @return means per example before the update; empty if not asked for
   */
  StepReport step(Batch batch, Reporting reporting);

  /** Whether a step computes its losses. */
  enum Reporting {
    /** Compute them. */
    LOSSES,
    /** Spare the time. */
    NONE
  }
}
