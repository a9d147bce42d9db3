package org.sparkgen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkgen.config.Configurations.parse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        Configurations.SMALLEST,
        Configurations.FULL,
        Configurations.GAN,
        Configurations.FEATURES
      })
  void whatIsRenderedReadsBackAsTheSame(String text) {
    RunConfig config = parse(text);
    assertThat(parse(ConfigText.render(config))).isEqualTo(config);
  }

  @Test
  void valuesThatLookLikeHoconStayText() {
    RunConfig config =
        parse(
            Configurations.SMALLEST,
            "data.path=a \"b\" ${c} \\ # //d",
            "run.name=1.0",
            "data.format=folder",
            "data.excludedClasses=[3, \"a, b\", \"[c]\"]");
    assertThat(config.data().excludedClasses()).containsExactly("3", "a, b", "[c]");
    assertThat(parse(ConfigText.render(config))).isEqualTo(config);
  }

  @Test
  void everyKeyIsThereInTheOrderOfTheRecords() {
    assertThat(ConfigText.render(parse(Configurations.FEATURES)))
        .isEqualTo(
            """
            run {
              name = "rows"
              seed = 42
            }
            data {
              path = "rows.csv"
              format = csv
              column = "image"
              shards = 4
              features {
                count = 12
                scaling = none
              }
              maxRejectedFraction = 0.01
              excludedClasses = []
              binarize = none
            }
            model {
              family = autoencoder
              latent = 20
              likelihood = gaussian
              network = mlp
              hidden = []
              filters = [32, 64]
              kernel = 4
              stride = 2
              activation = relu
              batchNorm = false
            }
            training {
              epochs = 1
              batchSize = 128
              optimizer {
                kind = adam
                learningRate = 0.001
                beta1 = 0.9
                beta2 = 0.999
                epsilon = 1.0E-8
                momentum = 0.9
                clipNorm = 0.0
                schedule {
                  kind = constant
                  warmupEpochs = 0
                  end = 0.0
                  milestones = []
                  factor = 0.1
                }
              }
              averaging {
                every = epoch
                updaterState = average
                warmupEpochs = 0
                warmupEvery = 50
                outer {
                  learningRate = 1.0
                  momentum = 0.0
                }
                emaHalfLife = 0.0
              }
            }
            evaluation {
              every = 0
              importanceSamples = 0
              samples = 0
              select = last
              patience = 0
            }
            output {
              path = "out"
              samples = 64
              gridEvery = 1
              checkpoints {
                every = 1
                keep = 2
              }
              events = false
            }
            """);
  }

  @Test
  void flatKeysAreDotted() {
    assertThat(ConfigText.flat(parse(Configurations.GAN)))
        .containsEntry("data.image.height", "28")
        .containsEntry("data.heldOut.labels", "test-labels.gz")
        .containsEntry("model.objective", "least-squares")
        .containsEntry("model.hidden", "[400]")
        .doesNotContainKeys("model.beta", "data.features.count", "data.labelColumn");
  }

  @Test
  void differencesNameTheKeyAndBothValues() {
    RunConfig before = parse(Configurations.GAN);
    RunConfig after =
        parse(
            Configurations.GAN,
            "training.epochs=50",
            "data.labels=null",
            "model.objective=hinge",
            "run.seed=7");
    assertThat(ConfigDifference.between(before, after))
        .containsExactly(
            "run.seed: 42 -> 7",
            "data.labels: labels.gz -> (not set)",
            "model.objective: least-squares -> hinge",
            "training.epochs: 1 -> 50");
    assertThat(ConfigDifference.between(before, parse(Configurations.GAN))).isEmpty();
  }

  @Test
  void keysOfAnotherFamilyDifferToo() {
    assertThat(
            ConfigDifference.between(
                parse(Configurations.SMALLEST), parse(Configurations.SMALLEST, "model.family=gan")))
        .contains("model.family: vae -> gan", "model.beta: 1.0 -> (not set)")
        .contains("model.prior: (not set) -> normal");
  }

  @Test
  void secretsAreMasked() {
    assertThat(Secrets.mask("fs.s3a.secret.key", "hunter2")).isEqualTo("***");
    assertThat(Secrets.mask("api-token", "hunter2")).isEqualTo("***");
    assertThat(Secrets.mask("data.path", "s3a://key:secret@bucket/a"))
        .isEqualTo("s3a://***@bucket/a");
    assertThat(Secrets.mask("data.path", "hdfs://host:8020/a@b")).isEqualTo("hdfs://host:8020/a@b");
    assertThat(Secrets.mask("data.path", "abfs://box@account/a")).isEqualTo("abfs://box@account/a");
  }
}
