package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgen.config.Activation;
import org.sparkgen.config.AdversarialObjective;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.Likelihood;
import org.sparkgen.config.OptimizerConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.RunConfig;
import org.sparkgen.nn.Net;
import org.sparkgen.training.RunModels;

/** The workloads are those that other trainers are measured with: layer by layer, by their sums. */
class WorkloadTest {
  private static final int PIXELS = 28 * 28;
  private static final int KERNEL = 4 * 4;

  @Test
  void theDenseVaeIsThePeers() {
    RunConfig config = Workload.VAE_MLP.configuration(List.of());
    Map<String, Net> nets = RunModels.fresh(config).nets();

    assertThat(nets.get("encoder").parameterCount())
        .isEqualTo(dense(PIXELS, 400) + dense(400, 2 * 20));
    assertThat(nets.get("decoder").parameterCount()).isEqualTo(dense(20, 400) + dense(400, PIXELS));
    assertVae(config);
  }

  @Test
  void theConvolutionalVaeIsThePeers() {
    RunConfig config = Workload.VAE_CONV.configuration(List.of());
    Map<String, Net> nets = RunModels.fresh(config).nets();

    assertThat(nets.get("encoder").parameterCount())
        .isEqualTo(
            convolution(1, 32) + convolution(32, 64) + dense(64 * 49, 256) + dense(256, 2 * 32));
    assertThat(nets.get("decoder").parameterCount())
        .isEqualTo(dense(32, 256) + dense(256, 64 * 49) + convolution(64, 32) + convolution(32, 1));
    assertVae(config);
  }

  @Test
  void theGanIsThePeers() {
    RunConfig config = Workload.GAN_CONV.configuration(List.of());
    Map<String, Net> nets = RunModels.fresh(config).nets();

    assertThat(nets.get("discriminator").parameterCount())
        .isEqualTo(
            convolution(1, 64)
                + convolution(64, 128)
                + batchNorm(128)
                + dense(128 * 49, 1024)
                + batchNorm(1024)
                + dense(1024, 1));
    assertThat(nets.get("generator").parameterCount())
        .isEqualTo(
            dense(64, 1024)
                + batchNorm(1024)
                + dense(1024, 128 * 49)
                + batchNorm(128 * 49)
                + convolution(128, 64)
                + batchNorm(64)
                + convolution(64, 1));
    GanConfig model = (GanConfig) config.model();
    assertThat(model.adversary().objective()).isEqualTo(AdversarialObjective.NON_SATURATING);
    assertThat(model.prior()).isEqualTo(GanConfig.Prior.NORMAL);
    assertThat(model.pixelRange()).isEqualTo(PixelRange.UNIT);
    assertThat(model.adversary().labelSmoothing()).isZero();
    assertThat(model.discriminatorSteps()).isOne();
    assertThat(model.adversary().discriminatorActivation()).isEqualTo(Activation.LEAKY_RELU);
    assertThat(model.network().activation()).isEqualTo(Activation.RELU);
    assertThat(config.training().batchSize()).isEqualTo(64);
    assertThat(config.training().optimizer()).isEqualTo(adam(2e-4, 0.5));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMeasuredIsTheFileThatCanBeTrained(Workload workload) throws Exception {
    Path file = Path.of("conf", "bench-" + workload + ".conf");
    assertThat(workload.configuration(List.of()))
        .isEqualTo(ConfigParser.parse(Files.readString(file), file.toString(), List.of()));
  }

  @Test
  void anUnknownNameIsExplained() {
    assertThatThrownBy(() -> Workload.named("vae"))
        .hasMessage("there is no workload 'vae': choose among vae-mlp, vae-conv, gan-conv");
  }

  private static void assertVae(RunConfig config) {
    AutoencoderConfig model = (AutoencoderConfig) config.model();
    assertThat(model.variational()).isTrue();
    assertThat(model.beta()).isOne();
    assertThat(model.betaWarmupEpochs()).isZero();
    assertThat(model.likelihood()).isEqualTo(Likelihood.BERNOULLI);
    assertThat(model.network().activation()).isEqualTo(Activation.RELU);
    assertThat(config.training().batchSize()).isEqualTo(128);
    assertThat(config.training().optimizer()).isEqualTo(adam(1e-3, 0.9));
  }

  private static OptimizerConfig adam(double rate, double beta1) {
    return Configurations.optimizer("learningRate=" + rate, "beta1=" + beta1);
  }

  private static long dense(long inputs, long outputs) {
    return (inputs + 1) * outputs;
  }

  /** Of a convolution, or the same backwards. */
  private static long convolution(long inputs, long outputs) {
    return (inputs * KERNEL + 1) * outputs;
  }

  /** Scale and shift, and the running mean and variance, which DL4J counts as parameters. */
  private static long batchNorm(long features) {
    return 4 * features;
  }
}
