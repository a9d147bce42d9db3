package org.sparkgen.model;

import java.util.Optional;
import java.util.function.ToLongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgen.config.Activation;
import org.sparkgen.config.AdversaryConfig;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.OptimizerConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.VaeGanConfig;
import org.sparkgen.nn.Architecture;
import org.sparkgen.nn.Head;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.WeightNormalization;

/** Builds the model that a configuration describes, with fresh weights. */
public final class ModelFactory {
  static final String ENCODER = "encoder";
  static final String DECODER = "decoder";
  static final String GENERATOR = "generator";
  static final String DISCRIMINATOR = "discriminator";
  static final String CLASSIFIER = "classifier";

  private final ExampleShape shape;
  private final OptimizerConfig optimizer;
  private final DataType type;
  private final ToLongFunction<String> weightSeed;

  /**
   * A factory for models over one kind of examples.
   *
   * @param shape of an example
   * @param optimizer of every network
   * @param type float, or double for gradient checks
   * @param weightSeed network name to the seed of its initial weights
   */
  public ModelFactory(
      ExampleShape shape,
      OptimizerConfig optimizer,
      DataType type,
      ToLongFunction<String> weightSeed) {
    this.shape = shape;
    this.optimizer = optimizer;
    this.type = type;
    this.weightSeed = weightSeed;
  }

  /** A model with fresh weights. */
  public Trainable create(ModelConfig model) {
    Architecture architecture = new Architecture(shape, model.network(), optimizer, type);
    if (model instanceof ClassifierConfig classifier) {
      return classifier(classifier, architecture);
    }
    if (model instanceof GanConfig gan) {
      return gan(gan, architecture);
    }
    return model instanceof VaeGanConfig vaeGan
        ? vaeGan(vaeGan, architecture)
        : autoencoder((AutoencoderConfig) model, architecture);
  }

  private Trainable classifier(ClassifierConfig config, Architecture architecture) {
    return new ClassifierModel(
        architecture.inwards(
            CLASSIFIER,
            config.classes(),
            config.network().activation(),
            weightSeed.applyAsLong(CLASSIFIER)));
  }

  private GenerativeModel autoencoder(AutoencoderConfig config, Architecture architecture) {
    int codes = config.variational() ? 2 * config.latent() : config.latent();
    Net encoder =
        architecture.inwards(
            ENCODER, codes, config.network().activation(), weightSeed.applyAsLong(ENCODER));
    Head head =
        switch (config.likelihood()) {
          case BERNOULLI -> Head.SIGMOID;
          case GAUSSIAN -> Head.NONE;
        };
    Net decoder =
        architecture.outwards(
            DECODER,
            config.latent(),
            config.classes(),
            Optional.empty(),
            head,
            weightSeed.applyAsLong(DECODER));
    return config.variational()
        ? new VariationalAutoencoderModel(config, shape, encoder, decoder)
        : new AutoencoderModel(config, shape, encoder, decoder);
  }

  private GenerativeModel gan(GanConfig config, Architecture architecture) {
    Net generator =
        architecture.outwards(
            GENERATOR,
            config.latent(),
            config.classes(),
            Optional.of(within(config.pixelRange())),
            Head.NONE,
            weightSeed.applyAsLong(GENERATOR));
    Net discriminator = discriminator(1 + config.classes(), config.adversary(), architecture);
    return new GanModel(config, shape, generator, discriminator);
  }

  private GenerativeModel vaeGan(VaeGanConfig config, Architecture architecture) {
    Net encoder =
        architecture.inwards(
            ENCODER,
            2 * config.latent(),
            config.network().activation(),
            weightSeed.applyAsLong(ENCODER));
    Net decoder =
        architecture.outwards(
            DECODER,
            config.latent(),
            0,
            Optional.of(within(config.pixelRange())),
            Head.NONE,
            weightSeed.applyAsLong(DECODER));
    Net discriminator = discriminator(1, config.adversary(), architecture);
    return new VaeGanModel(config, shape, encoder, decoder, discriminator);
  }

  private Net discriminator(int outputs, AdversaryConfig config, Architecture architecture) {
    return architecture.inwards(
        DISCRIMINATOR,
        outputs,
        config.discriminatorActivation(),
        config.spectralNorm() ? WeightNormalization.SPECTRAL : WeightNormalization.NONE,
        weightSeed.applyAsLong(DISCRIMINATOR));
  }

  /** The activation whose values are the pixel range. */
  private static Activation within(PixelRange range) {
    return switch (range) {
      case UNIT -> Activation.SIGMOID;
      case SIGNED -> Activation.TANH;
    };
  }
}
