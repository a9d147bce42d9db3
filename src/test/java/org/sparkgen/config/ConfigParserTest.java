package org.sparkgen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkgen.config.Configurations.FEATURES;
import static org.sparkgen.config.Configurations.FULL;
import static org.sparkgen.config.Configurations.GAN;
import static org.sparkgen.config.Configurations.SMALLEST;
import static org.sparkgen.config.Configurations.parse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigParserTest {
  @Test
  void aKeyOfEveryKindHasItsDefault() {
    RunConfig config = parse(SMALLEST);
    assertThat(config.run()).isEqualTo(new RunSettings("smallest", 42));
    assertThat(config.data().labels()).isEmpty();
    assertThat(config.data().maxRejectedFraction()).isEqualTo(0.01);
    assertThat(config.model().network())
        .isEqualTo(
            new NetworkConfig(
                NetworkConfig.Kind.MLP,
                List.of(400),
                List.of(32, 64),
                4,
                2,
                Activation.RELU,
                false));
    assertThat(config.training().averaging().every()).isEqualTo(AveragingPeriod.EPOCH);
    assertThat(config.training().averaging().outer()).isEqualTo(new OuterConfig(1, 0));
    assertThat(config.evaluation().features()).isEmpty();
    assertThat(config.output())
        .isEqualTo(
            new OutputConfig("out", 64, 1, new CheckpointConfig(1, 2), false, Optional.empty()));
  }

  @Test
  void everyKeyIsMapped() {
    RunConfig config = parse(FULL);
    assertThat(config.run()).isEqualTo(new RunSettings("full", -9_007_199_254_740_993L));
    assertThat(config.data().image()).contains(new ImageConfig(32, 48, 3, ImageConfig.Fit.STRETCH));
    assertThat(config.data().heldOut())
        .contains(new HeldOutConfig("hdfs://host:8020/test.parquet", Optional.empty()));
    assertThat(config.model().network())
        .isEqualTo(
            new NetworkConfig(
                NetworkConfig.Kind.CONV,
                List.of(),
                List.of(8, 16, 32),
                5,
                1,
                Activation.LEAKY_RELU,
                true));
    assertThat(config.output())
        .isEqualTo(
            new OutputConfig(
                "hdfs://host:8020/out",
                9,
                0,
                new CheckpointConfig(5, 6),
                true,
                Optional.of(
                    new MlflowConfig(
                        "https://mlflow.example:8443/base",
                        "clothes",
                        Optional.of("third try"),
                        Optional.of("MLFLOW_TRACKING_TOKEN")))));
    assertThat(ConfigText.unmasked(config))
        .containsEntry("data.column", "picture")
        .containsEntry("data.labelColumn", "class")
        .containsEntry("data.shards", "7")
        .containsEntry("model.family", "beta-vae")
        .containsEntry("model.latent", "11")
        .containsEntry("model.likelihood", "gaussian")
        .containsEntry("model.beta", "4.5")
        .containsEntry("model.betaWarmupEpochs", "2")
        .containsEntry("training.epochs", "21")
        .containsEntry("training.batchSize", "33")
        .containsEntry("training.optimizer.kind", "nesterov")
        .containsEntry("training.optimizer.momentum", "0.8")
        .containsEntry("training.averaging.every", "50")
        .containsEntry("training.averaging.updaterState", "fresh")
        .containsEntry("evaluation.every", "3");
  }

  @Test
  void everyKeyOfAGanIsMapped() {
    RunConfig config = parse(GAN);
    assertThat(ConfigText.unmasked(config))
        .containsEntry("model.family", "gan")
        .containsEntry("model.latent", "100")
        .containsEntry("model.prior", "uniform")
        .containsEntry("model.objective", "least-squares")
        .containsEntry("model.training", "two-stage")
        .containsEntry("model.discriminatorSteps", "2")
        .containsEntry("model.labelSmoothing", "0.1")
        .containsEntry("model.pixelRange", "unit")
        .containsEntry("model.discriminatorActivation", "tanh");
    assertThat(config.data().labels()).contains("labels.gz");
    assertThat(config.data().heldOut())
        .contains(new HeldOutConfig("test.gz", Optional.of("test-labels.gz")));
  }

  @Test
  void aGanIsTrainedInOneStageIfAskedTo() {
    RunConfig config = parse(GAN, "model.discriminatorSteps=1", "model.training=one-stage");
    assertThat(((GanConfig) config.model()).training()).isEqualTo(GanConfig.Training.ONE_STAGE);
  }

  @Test
  void aGanHasDefaultsToo() {
    assertThat(ConfigText.unmasked(parse(SMALLEST, "model.family=gan")))
        .containsEntry("model.latent", "64")
        .containsEntry("model.prior", "normal")
        .containsEntry("model.objective", "non-saturating")
        .containsEntry("model.spectralNorm", "false")
        .containsEntry("model.augmentation.cutout", "false")
        .containsEntry("model.discriminatorSteps", "1")
        .containsEntry("model.discriminatorActivation", "leaky-relu");
  }

  @Test
  void rowsOfFeaturesAreMapped() {
    assertThat(parse(FEATURES).data().features())
        .contains(new FeaturesConfig(12, FeaturesConfig.Scaling.NONE));
  }

  @Test
  void laterOverridesWinOverEarlierOnesAndOverTheFile() {
    RunConfig config =
        parse(
            SMALLEST,
            "training.epochs=5",
            "training.epochs = 6",
            "model.hidden=[300, 100]",
            "data.path=s3a://bucket/a b#c");
    assertThat(config.training().epochs()).isEqualTo(6);
    assertThat(config.model().network().hidden()).containsExactly(300, 100);
    assertThat(config.data().path()).isEqualTo("s3a://bucket/a b#c");
  }

  @Test
  void anOverrideWithNullRemovesAKey() {
    assertThat(parse(GAN, "data.labels=null", "data.heldOut=null").data())
        .satisfies(
            data -> {
              assertThat(data.labels()).isEmpty();
              assertThat(data.heldOut()).isEmpty();
            });
  }

  @Test
  void variablesServeSubstitutionsAndCanBeOverridden() {
    String text = "vars.root = here\n" + SMALLEST + "data.path = ${vars.root}\"/images.gz\"\n";
    assertThat(parse(text).data().path()).isEqualTo("here/images.gz");
    assertThat(parse(text, "vars.root=s3a://bucket").data().path())
        .isEqualTo("s3a://bucket/images.gz");
  }

  @Test
  void mistakesAreReportedTogether() {
    String text =
        """
        run { name = "two words" }
        data {
          path = images.gz
          format = jpeg
          shards = 0
          image { height = 30, width = 28, channels = 2 }
        }
        model {
          family = vae
          hiden = [400]
          hidden = [400, 1.5]
          objective = hinge
          network = conv
        }
        training {
          epochs = 1e10
          learningRate = 1
          averaging { every = sometimes }
        }
        output { checkpoints = 3 }
        """;
    assertThatThrownBy(() -> parse(text, "training.batchSize=NaN", "epochs"))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            """
            15 problems in test.conf:
              run.name = two words: must be 1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit (test.conf:1)
              data.format = jpeg: must be one of idx, folder, cifar10, parquet, csv (test.conf:4)
              data.shards = 0: must be a whole number from 1 to 100000 (test.conf:5)
              data.image.channels = 2: must be 1 (grey), 3 (RGB) or 4 (RGB and alpha) (test.conf:6)
              data.image.height = 30: must be divisible by model.stride ^ number of model.filters (2 ^ 2 = 4) (test.conf:6)
              model.hiden = [400]: unknown key; did you mean model.hidden? (test.conf:10)
              model.hidden = [400,1.5]: must be a list of whole numbers, each from 1 to 1000000 (test.conf:11)
              model.objective = hinge: is for model.family gan, vae-gan only, and it is vae (test.conf:12)
              training.epochs = 1e10: must be a whole number from 1 to 1000000 (test.conf:16)
              training.learningRate = 1: unknown key; did you mean training.optimizer.learningRate? (test.conf:17)
              training.averaging.every = sometimes: must be 'epoch' or a positive number of batches (test.conf:18)
              output.path is missing: it must be text (test.conf:20)
              output.checkpoints = 3: must be a section { } with the keys every, keep (test.conf:20)
              --set = epochs: must be key=value (--set)
              training.batchSize = NaN: must be a whole number from 1 to 65536 (--set)""");
  }
}
