package org.sparkgen.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.Activation;
import org.sparkgen.config.AdversarialObjective;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.Family;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.Likelihood;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.config.OptimizerConfig;
import org.sparkgen.config.VaeGanConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.SplitMix64;

/** Small models of every family, likelihood, objective and network. */
final class ModelFixtures {
  static final ImageShape SHAPE = new ImageShape(1, 8, 4);
  static final int LATENT = 3;
  static final int CLASSES = 4;

  /** Between the divergences that the dimensions of fresh models have. */
  static final double FREE_BITS = 0.075;

  private ModelFixtures() {}

  static Trainable create(ModelConfig config, DataType type) {
    return create(config, type, String::hashCode);
  }

  /** A model with initial weights of given seeds. */
  static Trainable create(ModelConfig config, DataType type, ToLongFunction<String> weightSeed) {
    OptimizerConfig adam = Configurations.optimizer("learningRate=1e-2");
    return new ModelFactory(SHAPE, adam, type, weightSeed).create(config);
  }

  static Stream<ModelConfig> all() {
    Stream<GanConfig> inTwoStages =
        gans().filter(gan -> gan.training() == GanConfig.Training.TWO_STAGE);
    return Stream.of(
            autoencoders(),
            latentVariants(),
            inTwoStages,
            variants(),
            adversaries(),
            vaeGans(),
            classifiers())
        .flatMap(Function.identity());
  }

  /** Models whose steps are not all alike, and a GAN with the other prior and pixel range. */
  private static Stream<ModelConfig> variants() {
    return networks()
        .flatMap(
            network ->
                Stream.of(
                    warmingUp(4, 1, network),
                    gan(
                        AdversarialObjective.NON_SATURATING,
                        network,
                        GanConfig.Training.TWO_STAGE,
                        3),
                    gan(
                        AdversarialObjective.NON_SATURATING,
                        network,
                        GanConfig.Training.ONE_STAGE,
                        1),
                    uniformUnitGan(network)));
  }

  /** A VAE whose KL weight reaches beta after some epochs. */
  static AutoencoderConfig warmingUp(int epochs, double beta, NetworkConfig network) {
    return (AutoencoderConfig)
        model(Family.BETA_VAE, network, "beta=" + beta, "betaWarmupEpochs=" + epochs);
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

  /** VAEs with other bounds, and with classes. */
  static Stream<AutoencoderConfig> latentVariants() {
    return networks()
        .flatMap(
            network ->
                Stream.of(
                    autoencoder(Family.VAE, network, "importanceSamples=3"),
                    autoencoder(
                        Family.BETA_VAE,
                        network,
                        "likelihood=gaussian",
                        "beta=0.5",
                        "importanceSamples=2",
                        "classes=4"),
                    autoencoder(Family.VAE, network, "classes=4"),
                    autoencoder(Family.VAE, network, "freeBits=" + FREE_BITS)));
  }

  static AutoencoderConfig autoencoder(Family family, NetworkConfig network, String... overrides) {
    return (AutoencoderConfig) model(family, network, overrides);
  }

  static AutoencoderConfig autoencoder(
      Family family, Likelihood likelihood, NetworkConfig network) {
    double beta = family == Family.BETA_VAE ? 2.5 : 1;
    String weight = family == Family.AUTOENCODER ? "latent=" + LATENT : "beta=" + beta;
    return (AutoencoderConfig)
        model(family, network, "likelihood=" + Keyword.of(likelihood), weight);
  }

  static Stream<ClassifierConfig> classifiers() {
    return networks()
        .map(
            network ->
                (ClassifierConfig)
                    Configurations.model(Family.CLASSIFIER, with(network, "classes=" + CLASSES)));
  }

  static Stream<GanConfig> gans() {
    return networks()
        .flatMap(
            network ->
                Stream.of(AdversarialObjective.values())
                    .flatMap(
                        objective ->
                            Stream.of(GanConfig.Training.values())
                                .map(training -> gan(objective, network, training, 1))));
  }

  /** GANs whose discriminator has a setting of its own, or is told classes. */
  static Stream<GanConfig> adversaries() {
    return networks()
        .flatMap(
            network ->
                Stream.concat(
                        settings(),
                        Stream.of(List.of("classes=4"), List.of("classes=4", "training=one-stage")))
                    .map(each -> (GanConfig) adversarial(Family.GAN, network, each)));
  }

  private static Stream<List<String>> settings() {
    return Stream.of(
        List.of("spectralNorm=true"),
        List.of("instanceNoise=0.3"),
        List.of("augmentation.color=true", "augmentation.translation=true"),
        List.of(
            "spectralNorm=true",
            "instanceNoise=0.3",
            "instanceNoiseEpochs=4",
            "augmentation.color=true",
            "augmentation.translation=true",
            "augmentation.cutout=true"));
  }

  /** VAE-GANs without gate and with one that is next to closed, and with each setting. */
  static Stream<VaeGanConfig> vaeGans() {
    return networks()
        .flatMap(
            network ->
                Stream.of(
                        Stream.of(
                            List.of("objective=least-squares"),
                            List.of("objective=hinge", "beta=0.3"),
                            List.of("gate=0.01", "pixelRange=unit")),
                        settings())
                    .flatMap(Function.identity())
                    .map(each -> (VaeGanConfig) adversarial(Family.VAE_GAN, network, each)));
  }

  private static ModelConfig adversarial(
      Family family, NetworkConfig network, List<String> settings) {
    List<String> all = new ArrayList<>(List.of("discriminatorActivation=tanh"));
    if (family == Family.VAE_GAN) {
      all.addAll(List.of("gate=0", "similarityWeight=0.4"));
    }
    all.addAll(settings);
    return model(family, network, all.toArray(String[]::new));
  }

  private static GanConfig uniformUnitGan(NetworkConfig network) {
    return (GanConfig)
        model(
            Family.GAN,
            network,
            "prior=uniform",
            "pixelRange=unit",
            "discriminatorActivation=tanh");
  }

  static GanConfig gan(
      AdversarialObjective objective,
      NetworkConfig network,
      GanConfig.Training training,
      int discriminatorSteps) {
    return (GanConfig)
        model(
            Family.GAN,
            network,
            "objective=" + Keyword.of(objective),
            "training=" + Keyword.of(training),
            "discriminatorSteps=" + discriminatorSteps,
            "labelSmoothing=0.1",
            "discriminatorActivation=tanh");
  }

  /** A model with {@link #LATENT} latent numbers. */
  static ModelConfig model(Family family, NetworkConfig network, String... overrides) {
    List<String> all = new ArrayList<>(List.of("latent=" + LATENT));
    all.addAll(List.of(overrides));
    return Configurations.model(family, with(network, all.toArray(String[]::new)));
  }

  private static String[] with(NetworkConfig network, String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "network=" + Keyword.of(network.network()),
                "hidden=" + network.hidden(),
                "filters=" + network.filters(),
                "activation=" + Keyword.of(network.activation()),
                "batchNorm=" + network.batchNorm()));
    all.addAll(List.of(overrides));
    return all.toArray(String[]::new);
  }

  /** Smooth activations, since finite differences do not respect the kinks of a rectifier. */
  static Stream<NetworkConfig> networks() {
    return Stream.of(
        new NetworkConfig(
            NetworkConfig.Kind.MLP, List.of(6), List.of(), 4, 2, Activation.TANH, false),
        new NetworkConfig(
            NetworkConfig.Kind.CONV, List.of(5), List.of(2, 3), 4, 2, Activation.SIGMOID, true));
  }

  /** Examples of random pixels in the model's range and of all classes, the same for a seed. */
  static Batch batch(ModelConfig config, int count, long seed) {
    SplitMix64 source = new SplitMix64(seed);
    float[] values = new float[count * SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = config.pixelRange().toModel(source.below(256));
    }
    INDArray examples = Nd4j.createFromArray(values).reshape(SHAPE.batchOf(count));
    int[] labels = IntStream.range(0, count).map(i -> i % Math.max(1, config.classes())).toArray();
    return new Batch(examples, labels);
  }
}
