package org.sparkgen.model;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgen.config.Activation;
import org.sparkgen.config.AdversarialObjective;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.Family;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.Likelihood;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.config.OptimizerConfig;
import org.sparkgen.config.PixelRange;

/** Small models of every family, likelihood, objective and network. */
final class ModelFixtures {
  static final ImageShape SHAPE = new ImageShape(1, 8, 4);
  static final int LATENT = 3;

  private ModelFixtures() {}

  static GenerativeModel create(ModelConfig config, DataType type) {
    OptimizerConfig adam =
        new OptimizerConfig(OptimizerConfig.Kind.ADAM, 1e-2, 0.9, 0.999, 1e-8, 0.9);
    return new ModelFactory(SHAPE, adam, type, String::hashCode).create(config);
  }

  static Stream<ModelConfig> all() {
    return Stream.concat(autoencoders(), gans());
  }

  static Stream<ModelConfig> autoencoders() {
    return networks()
        .flatMap(
            network ->
                Stream.of(Family.AUTOENCODER, Family.VAE, Family.BETA_VAE)
                    .flatMap(
                        family ->
                            Stream.of(Likelihood.values())
                                .map(likelihood -> autoencoder(family, likelihood, network))));
  }

  static AutoencoderConfig autoencoder(
      Family family, Likelihood likelihood, NetworkConfig network) {
    double beta = family == Family.BETA_VAE ? 2.5 : 1;
    return new AutoencoderConfig(family, LATENT, likelihood, beta, 0, network);
  }

  static Stream<ModelConfig> gans() {
    return networks()
        .flatMap(
            network ->
                Stream.of(AdversarialObjective.values())
                    .map(objective -> gan(objective, network, 1)));
  }

  static GanConfig gan(
      AdversarialObjective objective, NetworkConfig network, int discriminatorSteps) {
    return new GanConfig(
        Family.GAN,
        LATENT,
        GanConfig.Prior.NORMAL,
        objective,
        discriminatorSteps,
        0.1,
        PixelRange.SIGNED,
        Activation.TANH,
        network);
  }

  /** Smooth activations, since finite differences do not respect the kinks of a rectifier. */
  static Stream<NetworkConfig> networks() {
    return Stream.of(
        new NetworkConfig(
            NetworkConfig.Kind.MLP, List.of(6), List.of(), 4, 2, Activation.TANH, false),
        new NetworkConfig(
            NetworkConfig.Kind.CONV, List.of(5), List.of(2, 3), 4, 2, Activation.SIGMOID, true));
  }
}
