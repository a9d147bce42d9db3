package org.sparkgen.config;

/** The model to train, sealed by what its training step looks like. */
public sealed interface ModelConfig
    permits AutoencoderConfig, GanConfig, VaeGanConfig, ClassifierConfig {
  /** The value of {@code model.family}. */
  Family family();

  /** Size of the latent vector. */
  int latent();

  /** Number of classes that the model is told labels of; 0 if it is told none. */
  int classes();

  /** Layers of the networks. */
  NetworkConfig network();

  /** The range that pixels are mapped to. */
  PixelRange pixelRange();
}
