package org.sparkgen.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Configurations for tests. */
public final class Configurations {
  /** Only what has no default. */
  static final String SMALLEST =
      """
      run.name = smallest
      data { path = images.gz, format = idx, image { height = 28, width = 28 } }
      model.family = vae
      training.epochs = 3
      output.path = out
      """;

  private static final String MODEL =
      """
      run.name = model
      data { path = pictures, format = folder, image { height = 64, width = 64 } }
      training.epochs = 3
      output.path = out
      """;

  /** A value other than the default for every key that image autoencoders have. */
  static final String FULL =
      """
      run { name = full, seed = -9007199254740993 }
      data {
        path = "s3a://bucket/train/*.parquet", format = parquet
        column = picture, labelColumn = class, shards = 7
        image { height = 32, width = 48, channels = 3, fit = stretch }
        maxRejectedFraction = 0.25
        heldOut { path = "hdfs://host:8020/test.parquet" }
      }
      model {
        family = beta-vae, latent = 11, likelihood = gaussian, beta = 4.5, betaWarmupEpochs = 2
        network = conv, hidden = [], filters = [8, 16, 32], kernel = 5, stride = 1
        activation = leaky-relu, batchNorm = true
      }
      training {
        epochs = 21, batchSize = 33
        optimizer {
          kind = nesterov, learningRate = 2e-4, beta1 = 0.5, beta2 = 0.99, epsilon = 1e-7
          momentum = 0.8
        }
        averaging { every = 50, updaterState = fresh }
      }
      evaluation.every = 3
      output {
        path = "hdfs://host:8020/out", samples = 9, gridEvery = 0
        checkpoints { every = 5, keep = 6 }
        events = true
        mlflow {
          uri = "https://mlflow.example:8443/base", experiment = clothes, runName = third try
          bearerVariable = MLFLOW_TRACKING_TOKEN
        }
      }
      """;

  /** A value other than the default for every key of a GAN's model. */
  static final String GAN =
      """
      run.name = gan
      data { path = images.gz, format = idx, labels = labels.gz, image { height = 28, width = 28 } }
      data.heldOut { path = test.gz, labels = test-labels.gz }
      model {
        family = gan, latent = 100, prior = uniform, objective = least-squares
        discriminatorSteps = 2, labelSmoothing = 0.1, pixelRange = unit
        discriminatorActivation = tanh
      }
      training.epochs = 1
      output.path = out
      """;

  /** An autoencoder of rows of numbers. */
  static final String FEATURES =
      """
      run.name = rows
      data { path = rows.csv, format = csv, features { count = 12, scaling = none } }
      model { family = autoencoder, likelihood = gaussian, hidden = [] }
      training.epochs = 1
      output.path = out
      """;

  private Configurations() {}

  /** A model's settings: the defaults of its family, with overrides such as {@code latent=3}. */
  public static ModelConfig model(Family family, String... overrides) {
    List<String> all = new ArrayList<>(List.of("model.family=" + Keyword.of(family)));
    Arrays.stream(overrides).map(each -> "model." + each).forEach(all::add);
    return parse(MODEL, all.toArray(String[]::new)).model();
  }

  /** Settings of a training of three epochs, with overrides such as {@code batchSize=16}. */
  public static TrainingConfig training(String... overrides) {
    String[] all = Arrays.stream(overrides).map(o -> "training." + o).toArray(String[]::new);
    return parse(SMALLEST, all).training();
  }

  /** An optimizer's settings: the defaults, with overrides such as {@code learningRate=1e-2}. */
  public static OptimizerConfig optimizer(String... overrides) {
    return training(Arrays.stream(overrides).map(o -> "optimizer." + o).toArray(String[]::new))
        .optimizer();
  }

  /** Settings of evaluations of a VAE that has held-out examples, such as {@code select=loss}. */
  public static EvaluationConfig evaluation(String... overrides) {
    List<String> all =
        new ArrayList<>(List.of("data.heldOut.path=others.gz", "evaluation.every=1"));
    Arrays.stream(overrides).map(each -> "evaluation." + each).forEach(all::add);
    return parse(SMALLEST, all.toArray(String[]::new)).evaluation();
  }

  /** Pictures of that size in grey, in a Parquet file of which any part may be bad. */
  public static DataConfig pictures(int height, int width, String path) {
    return parse(SMALLEST, table(path, "image.height=" + height, "image.width=" + width)).data();
  }

  /** Rows of so many numbers, in a Parquet file of which any part may be bad. */
  public static DataConfig rows(int count, String path) {
    return parse(FEATURES, table(path, "features.count=" + count)).data();
  }

  private static String[] table(String path, String... overrides) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("data.path=" + path, "data.format=parquet", "data.maxRejectedFraction=1"));
    Arrays.stream(overrides).map(o -> "data." + o).forEach(all::add);
    return all.toArray(String[]::new);
  }

  /** A configuration with overrides. */
  static RunConfig parse(String text, String... overrides) {
    return ConfigParser.parse(text, "test.conf", List.of(overrides));
  }
}
