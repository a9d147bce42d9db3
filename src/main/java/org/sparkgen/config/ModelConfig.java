package org.sparkgen.config;

/** The model to train, sealed by what its training step looks like. */
public sealed interface ModelConfig permits AutoencoderConfig, GanConfig {
  /** The value of {@code model.family}. */
  Family family();

  /** Size of the latent vector. */
  int latent();

  /** Layers of the networks. */
  NetworkConfig network();

  /** The range that pixels are mapped to. */
  PixelRange pixelRange();
}
