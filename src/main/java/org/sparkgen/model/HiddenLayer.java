package org.sparkgen.model;

import java.util.Optional;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.data.Batch;
import org.sparkgen.data.Pixels;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.StepWorkspace;

/** The last hidden layer of a network that looks at examples: see {@link Net#features}. */
public final class HiddenLayer {
  private final Net net;

  HiddenLayer(Net net) {
    this.net = net;
  }

  /** The layer that a score compares examples in; empty if the model or the score has none. */
  public static Optional<HiddenLayer> of(Trainable model, AnomalyScore score) {
    return switch (score) {
      case ENCODER_DISTANCE ->
          model instanceof EncoderFeatures own
              ? Optional.of(own.encoderFeatures())
              : Optional.empty();
      case DISCRIMINATOR_DISTANCE ->
          model instanceof DiscriminatorFeatures own
              ? Optional.of(own.discriminatorFeatures())
              : Optional.empty();
      case NEGATIVE_ELBO, NEGATIVE_LOG_LIKELIHOOD, RECONSTRUCTION -> Optional.empty();
    };
  }

  /** Numbers per example. */
  public int size() {
    return net.featureCount();
  }

  /**
   * The layer's activations in inference mode, whatever the labels; changes nothing. Opens a step
   * of its own: call it outside of a {@link StepWorkspace}.
   */
  public Features look(Batch batch) {
    return StepWorkspace.compute(
        () -> {
          net.forward(batch.examples(), Mode.INFERENCE);
          return Features.of(Pixels.values(net.features()), size());
        });
  }
}
