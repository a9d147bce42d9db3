package org.sparkgen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule, broken once. */
class RulesTest {
  private static String problemOf(String text, String... overrides) {
    try {
      Configurations.parse(text, overrides);
    } catch (JobException e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
      return e.getMessage();
    }
    throw new AssertionError("accepted: " + List.of(overrides));
  }

  private static void assertOneProblem(String message, String start) {
    assertThat(message.lines()).hasSize(2);
    assertThat(message.lines().skip(1).findFirst().orElseThrow().strip()).startsWith(start);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run.name=-x                | run.name = -x: must be 1 to 64 letters
          run.name=../x              | run.name = ../x: must be 1 to 64 letters
          run.seed=1.5               | run.seed = 1.5: must be a whole number from -9223372036854775808
          run.seed=9223372036854775808 | run.seed = 9223372036854775808: must be a whole number
          data.path=                 | data.path = "": must not be empty
          data.format=IDX            | data.format = IDX: must be one of idx, folder
          data.shards=100001         | data.shards = 100001: must be a whole number from 1 to 100000
          data.shards=[4]            | data.shards = [4]: must be a whole number from 1 to 100000
          data.maxRejectedFraction=1.01 | data.maxRejectedFraction = 1.01: must be a number from 0 to 1
          data.maxRejectedFraction=NaN | data.maxRejectedFraction = NaN: must be a number from 0 to 1
          data.image.height=0        | data.image.height = 0: must be a whole number from 1 to 4096
          data.image.width=4097      | data.image.width = 4097: must be a whole number from 1 to 4096
          data.image.channels=2      | data.image.channels = 2: must be 1 (grey), 3 (RGB) or 4
          data.image.channels=5      | data.image.channels = 5: must be a whole number from 1 to 4
          data.image=null            | data.image must be there: either data.image
          data.image=5               | data.image = 5: must be a section { } with the keys height, width, channels, fit
          data.features.count=3      | data.features must not be there beside data.image
          data.format=csv            | data.format = csv: must come with data.features
          data.labelColumn=digit     | data.labelColumn = digit: is for data.format = parquet or csv only
          data.heldOut.labels=x      | data.heldOut.path is missing: it must be text
          model.latent=0             | model.latent = 0: must be a whole number from 1 to 65536
          model.beta=2               | model.beta = 2.0: must be 1 for model.family = vae; use model.family = beta-vae
          model.likelihood=laplace   | model.likelihood = laplace: must be one of bernoulli, gaussian
          model.hidden=400           | model.hidden = 400: must be a list of whole numbers, each from 1 to 1000000
          model.hidden=[0]           | model.hidden = [0]: must be a list of whole numbers, each from 1
          model.prior=normal         | model.prior = normal: is for model.family gan only, and it is vae
          model.batchNorm=yes        | model.batchNorm = yes: must be true or false
          model.family=wgan          | model.family = wgan: must be one of autoencoder, vae, beta-vae, gan
          training.epochs=null       | training.epochs is missing: it must be a whole number from 1 to 1000000
          training.batchSize=1e2.5   | training.batchSize = 1e2.5: must be a whole number from 1 to 65536
          training.optimizer.beta1=1 | training.optimizer.beta1 = 1: must be a number from 0 to 0.999999
          training.optimizer.learningRate=1e999 | training.optimizer.learningRate = 1e999: must be a number from 1.0E-12 to 1000
          training.averaging.every=0 | training.averaging.every = 0: must be 'epoch' or a positive number of batches
          training.averaging.emaHalfLife=2e8 | training.averaging.emaHalfLife = 2e8: must be a number from 0 to
          evaluation.every=-1  | evaluation.every = -1: must be a whole number from 0 to 2147483647
          output.path=images.gz/     | output.path = images.gz/: must lie outside data.path
          output.path=images.gz/out  | output.path = images.gz/out: must lie outside data.path
          output.checkpoints.keep=1  | output.checkpoints.keep = 1: must be a whole number from 2 to 1000000
          output.shade=red           | output.shade = red: unknown key; known here are path, samples, gridEvery, checkpoints
          output.events=yes          | output.events = yes: must be true or false
          output.mlflow.experiment=x | output.mlflow.uri is missing: it must be text
          output.mlflow.uri=host     | output.mlflow.uri = host: must be the address of a server, such as http://host:5000
          output.mlflow.uri="file:///runs" | output.mlflow.uri = file:///runs: must be the address of a server
          output.mlflow.uri="http://host?x=1" | output.mlflow.uri = http://host?x=1: must be the address
          data.excludedClasses=[3]   | data.labels must be there when data.excludedClasses names classes
          model.classes=10           | data.labels must be there when model.classes is above 0
          data.heldOut.labels=x      | data.heldOut.path is missing
          training.optimizer.schedule.milestones=[2] | training.optimizer.schedule.milestones = [2]: must hold epochs when
          training.optimizer.schedule.warmupEpochs=3 | training.optimizer.schedule.warmupEpochs = 3: must be fewer than training.epochs
          evaluation.samples=100     | evaluation.features must be there when evaluation.samples is above 0
          evaluation.patience=2      | evaluation.patience = 2: must be 0 when evaluation.select = last
          evaluation.select=loss     | data.heldOut must be there when evaluation.select is not last
          outptu.path=x              | outptu = {...}: unknown key; did you mean output?
          model.batchnorm=true       | model.batchnorm = true: unknown key; did you mean model.batchNorm?
          """)
  void anImageAutoencoderBreaks(String override, String problem) {
    String message = problemOf(Configurations.SMALLEST, override);
    assertOneProblem(message, problem);
    assertThat(message).containsAnyOf("(--set)", "(test.conf)", "(test.conf:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          uri            | "http://s3cret@host"     | must not hold credentials; put a token into an environment variable
          uri            | "http://me:s3cret@host"  | must not hold credentials
          bearerVariable | s3cret                   | must be the name of an environment variable in capital letters
          bearerVariable | "S3CRET-1"               | must be the name of an environment variable in capital letters
          """)
  void aTokenInTheWrongPlaceIsRefusedAndNotShown(String key, String value, String rule) {
    String message =
        problemOf(
            Configurations.SMALLEST,
            "output.mlflow.uri=\"http://host\"",
            "output.mlflow." + key + "=" + value);
    assertOneProblem(message, "output.mlflow." + key + " " + rule);
    assertThat(message).doesNotContainIgnoringCase("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.kernel=3          | model.kernel = 3: must be model.stride (2) plus an even number
          model.kernel=1          | model.kernel = 1: must be model.stride (2) plus an even number
          model.filters=[]        | model.filters = []: must not be empty when model.network = conv
          model.filters=[8, 8, 8] | data.image.height = 28: must be divisible by model.stride ^ number of model.filters (2 ^ 3 = 8)
          data.image.width=30     | data.image.width = 30: must be divisible by model.stride ^ number of model.filters (2 ^ 2 = 4)
          """)
  void aConvolutionalNetworkBreaks(String override, String problem) {
    String message = problemOf(Configurations.SMALLEST, "model.network=conv", override);
    assertThat(message).contains("\n  " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.beta=1             | model.beta = 1: is for model.family vae, beta-vae, vae-gan only, and it is autoencoder
          model.betaWarmupEpochs=3 | model.betaWarmupEpochs = 3: is for model.family vae, beta-vae only
          model.likelihood=bernoulli | model.likelihood = bernoulli: must be gaussian, unless data.features.scaling = unit
          model.network=conv       | model.network = conv: must be mlp when data.features is there
          model.family=gan         | model.likelihood = gaussian: is for model.family autoencoder, vae, beta-vae only
          data.format=idx          | data.format = idx: must be parquet or csv when data.features is there
          data.features.count=0    | data.features.count = 0: must be a whole number from 1 to 1000000
          data.labels=labels.gz    | data.labels = labels.gz: is for data.format = idx only
          """)
  void anAutoencoderOfFeaturesBreaks(String override, String problem) {
    assertThat(problemOf(Configurations.FEATURES, override)).contains("\n  " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vae         | 5  | must be 0, or at least 10
          autoencoder | 50 | must be 0 for model.family = autoencoder, which has no prior
          classifier  | 50 | must be 0 for model.family = classifier, which makes no examples
          """)
  void samplesThatCannotBeComparedAreRefused(String family, int samples, String rule) {
    String classes = family.equals("classifier") ? "model.classes=10" : "run.seed=1";
    assertOneProblem(
        problemOf(
            Configurations.SMALLEST,
            "data.labels=labels.gz",
            "evaluation.features.path=net",
            "model.family=" + family,
            classes,
            "evaluation.samples=" + samples),
        "evaluation.samples = %d: %s".formatted(samples, rule));
  }

  @ParameterizedTest
  @CsvSource({"vae", "gan", "classifier"})
  void aModelThatIsToldLabelsNeedsThemOfHeldOutExamplesToo(String family) {
    String[] overrides = {
      "model.family=" + family,
      "model.classes=10",
      "data.labels=labels.gz",
      "data.heldOut.path=others.gz"
    };
    assertOneProblem(
        problemOf(Configurations.SMALLEST, overrides),
        "data.heldOut.labels must be there when model.classes is above 0");
    assertThatCode(
            () ->
                Configurations.parse(
                    Configurations.SMALLEST + "data.heldOut.labels = other-labels.gz", overrides))
        .doesNotThrowAnyException();
  }

  @Test
  void aMilestoneThatIsNeverReachedIsRefused() {
    assertOneProblem(
        problemOf(
            Configurations.SMALLEST,
            "training.optimizer.schedule.kind=steps",
            "training.optimizer.schedule.milestones=[2, 3]"),
        "training.optimizer.schedule.milestones = [2, 3]: must be below training.epochs");
    assertThatCode(
            () ->
                Configurations.parse(
                    Configurations.SMALLEST,
                    "training.optimizer.schedule.kind=steps",
                    "training.optimizer.schedule.milestones=[1, 2]"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ' '               | must not be empty
          s3a://a:b@c/net   | must not hold credentials
          out               | must lie outside output.path
          out/net           | must lie outside output.path
          images.gz/net     | must lie outside data.path
          """)
  void theFeatureNetworksPathBreaks(String path, String rule) {
    String message = problemOf(Configurations.SMALLEST, "evaluation.features.path=" + path);
    assertThat(message).contains("evaluation.features.path = ", rule).doesNotContain("a:b");
  }

  @Test
  void roundsAreComparedOnlyIfTheyAreEvaluated() {
    assertOneProblem(
        problemOf(Configurations.SMALLEST, "data.heldOut.path=x", "evaluation.select=loss"),
        "evaluation.every = 0: must be above 0 when evaluation.select is not last");
  }

  @Test
  void aGanOfFeaturesIsRefused() {
    assertOneProblem(
        problemOf(Configurations.FEATURES, "model.family=gan", "model.likelihood=null"),
        "model.family = gan: must be autoencoder, vae or beta-vae when data.features is there");
  }

  @Test
  void oneStageTrainingWithSeveralDiscriminatorStepsIsRefused() {
    assertOneProblem(
        problemOf(Configurations.GAN, "model.training=one-stage"),
        "model.discriminatorSteps = 2: must be 1 for model.training = one-stage");
    assertThatCode(
            () ->
                Configurations.parse(
                    Configurations.GAN, "model.training=one-stage", "model.discriminatorSteps=1"))
        .doesNotThrowAnyException();
  }

  @Test
  void bernoulliFeaturesAreFineInTheUnitInterval() {
    assertThatCode(
            () ->
                Configurations.parse(
                    Configurations.FEATURES,
                    "data.features.scaling=unit",
                    "model.likelihood=bernoulli"))
        .doesNotThrowAnyException();
  }

  @Test
  void aDefaultThatBreaksARuleSaysThatItIsTheDefault() {
    assertOneProblem(
        problemOf(
            Configurations.SMALLEST, "model.network=conv", "model.stride=1", "model.filters=[8]"),
        "model.kernel = 4: must be model.stride (1) plus an even number, 0 or more (default)");
  }

  @ParameterizedTest
  @CsvSource({
    "data.path",
    "data.labels",
    "data.heldOut.path",
    "data.heldOut.labels",
    "output.path",
  })
  void credentialsInAPathAreRefusedAndNotRepeated(String key) {
    for (String uri : List.of("s3a://AKIA:hunter2@bucket/x", "s3a://AKIA:hun/ter2@bucket/x")) {
      assertThatThrownBy(() -> Configurations.parse(Configurations.GAN, key + "=" + uri))
          .hasMessageContaining(key + " = s3a://***@bucket/x: must not hold credentials")
          .hasMessageNotContaining("AKIA")
          .hasMessageNotContaining("ter2");
    }
  }

  @Test
  void thePortOfAHostIsNoCredential() {
    assertThatCode(
            () -> Configurations.parse(Configurations.SMALLEST, "data.path=hdfs://host:8020/a@b"))
        .doesNotThrowAnyException();
  }

  @Test
  void theValueOfASecretLookingKeyIsNotRepeated() {
    assertThat(problemOf(Configurations.SMALLEST, "fs.s3a.secret.key=hunter2"))
        .doesNotContain("hunter2");
    assertThat(problemOf(Configurations.SMALLEST, "password=hunter2")).doesNotContain("hunter2");
  }

  @Test
  void anUnknownFamilyDoesNotMakeTheKeysOfAnyFamilyUnknown() {
    assertOneProblem(
        problemOf(
            Configurations.SMALLEST, "model.family=wgan", "model.beta=2", "model.prior=normal"),
        "model.family = wgan: must be one of");
  }

  @Test
  void whatIsNoConfigurationAtAllIsReportedWithItsLine() {
    assertThat(problemOf("run {\n  name = x\n")).contains("test.conf:").contains("1 problem");
    assertThat(problemOf("run.name = ${nowhere}\n")).contains("nowhere").contains("(test.conf:1)");
    assertThat(problemOf("include \"other.conf\"\n"))
        .contains("include of 'other.conf': a configuration must be one file");
  }

  /** The parser would fetch it from wherever it lies. */
  @Test
  void anOverrideIncludesNothingEither() {
    assertThat(problemOf(Configurations.SMALLEST, "data={include \"other.conf\"}"))
        .contains("data = {include", "can't be read (--set)");
  }

  @Test
  void bracketsThatNoStackCanHoldAreAMistakeToo() {
    String deep = "[".repeat(100_000);

    assertThat(problemOf("model.hidden = " + deep)).contains("it is nested too deeply to be read");
    assertThat(problemOf(Configurations.SMALLEST, "model.hidden=" + deep))
        .contains("model.hidden = [[[", "can't be read (--set)");
  }
}
