package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.SplitMix64;

class LocalTrainerTest {
  private static final int BATCH = 4;
  private static final int EXAMPLES = 17;
  private static final int BATCHES = 5;
  private static final int PIXELS = 32;

  private static final String AUTOENCODER =
      configuration("family = autoencoder, latent = 3, hidden = [6], activation = tanh");
  private static final String VAE = configuration("family = vae, latent = 3, hidden = [6]");
  private static final String GAN =
      configuration("family = gan, latent = 3, hidden = [6], discriminatorSteps = 2");

  private static String configuration(String model) {
    return """
        run { name = trainer, seed = 5 }
        data { path = images.gz, format = idx, image { height = 8, width = 4 } }
        model { %s }
        training { epochs = 3, batchSize = %d, optimizer { learningRate = 0.01 } }
        output.path = out
        """
        .formatted(model, BATCH);
  }

  private static Snapshot start(String configuration) {
    return ModelState.snapshot(RunModels.fresh(RunModels.parse(configuration)));
  }

  /** Examples in two blocks. */
  private static List<ExampleBlock> shard(int examples) {
    return List.of(block(examples / 3, 1), block(examples - examples / 3, 2));
  }

  private static ExampleBlock block(int examples, long seed) {
    SplitMix64 source = new SplitMix64(seed);
    byte[] pixels = new byte[examples * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) source.below(256);
    }
    return ExampleBlock.ofImages(pixels, new int[examples], new long[examples]);
  }

  private static ShardResult train(String configuration, Snapshot start, ShardTask task) {
    return new LocalTrainer(configuration).train(start, shard(EXAMPLES), task);
  }

  private static String trained(String configuration, ShardTask task) {
    return train(configuration, start(configuration), task).snapshot().stateSha256();
  }

  private static ShardTask wholeEpoch() {
    return new ShardTask(0, 0, 0, BATCHES, BATCHES, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoencoder", "vae", "gan"})
  void isDeterministicInItsArguments(String family) {
    String configuration = Map.of("autoencoder", AUTOENCODER, "vae", VAE, "gan", GAN).get(family);
    Snapshot start = start(configuration);
    String before = start.stateSha256();
    ShardResult first = train(configuration, start, wholeEpoch());
    // Leaves other weights, another epoch and other noise in the model that is borrowed again.
    train(configuration, first.snapshot(), new ShardTask(9, 2, 1, 3, BATCHES, 4));
    ShardResult again = train(configuration, start, wholeEpoch());

    assertThat(start.stateSha256()).as("the start").isEqualTo(before);
    assertThat(first.snapshot().stateSha256()).isNotEqualTo(before);
    assertThat(again.snapshot().stateSha256()).isEqualTo(first.snapshot().stateSha256());
    assertThat(again.report().losses()).isEqualTo(first.report().losses()).isNotEmpty();
    assertThat(first.report().examples()).isEqualTo(EXAMPLES);
    assertThat(first.report().nonFinite()).isEmpty();
    assertThat(first.report().seconds())
        .containsOnlyKeys("feed", "load", "prepare", "save", "step");
  }

  @Test
  void tasksOfOneProcessDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
    List<ShardTask> tasks =
        List.of(wholeEpoch(), wholeEpoch().ofShard(1), wholeEpoch().ofShard(2), wholeEpoch());
    List<String> alone = tasks.stream().map(task -> trained(VAE, task)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Callable<String>> calls =
          tasks.stream().<Callable<String>>map(task -> () -> trained(VAE, task)).toList();
      List<Future<String>> together = threads.invokeAll(calls);
      for (int i = 0; i < tasks.size(); i++) {
        assertThat(together.get(i).get()).as("task %d", i).isEqualTo(alone.get(i));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void theTaskDecidesOrderAndNoise() {
    String plain = trained(VAE, wholeEpoch());

    assertThat(trained(VAE, wholeEpoch().ofShard(1))).as("shard").isNotEqualTo(plain);
    assertThat(trained(VAE, new ShardTask(1, 0, 0, BATCHES, BATCHES, 0)))
        .as("noise")
        .isNotEqualTo(plain);
    assertThat(trained(AUTOENCODER, new ShardTask(0, 1, 0, BATCHES, BATCHES, 0)))
        .as("order")
        .isNotEqualTo(trained(AUTOENCODER, wholeEpoch()));
    assertThat(trained(AUTOENCODER, new ShardTask(1, 0, 0, BATCHES, BATCHES, 0)))
        .as("a model without noise")
        .isEqualTo(trained(AUTOENCODER, wholeEpoch()));
  }

  /** A plain autoencoder draws nothing, so short rounds one after the other are one long round. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 100})
  void theRoundsOfAnEpochCoverEveryBatchOnce(int batchesPerRound) {
    Snapshot state = start(AUTOENCODER);
    long examples = 0;
    int round = 0;
    for (int first = 0; first < BATCHES; first += batchesPerRound) {
      ShardResult result =
          train(AUTOENCODER, state, new ShardTask(round++, 0, first, batchesPerRound, BATCHES, 0));
      state = result.snapshot();
      examples += result.report().examples();
    }

    assertThat(examples).isEqualTo(EXAMPLES);
    assertThat(state.stateSha256()).isEqualTo(trained(AUTOENCODER, wholeEpoch()));
    assertThat(state.nets().get("encoder").iteration()).isEqualTo(BATCHES);
  }

  @Test
  void aRoundTrainsItsBatchesOnly() {
    assertThat(train(VAE, start(VAE), new ShardTask(0, 0, 1, 2, BATCHES, 0)).report().examples())
        .isEqualTo(2 * BATCH);
    assertThat(train(VAE, start(VAE), new ShardTask(0, 0, 4, 2, BATCHES, 0)).report().examples())
        .as("the last batch is smaller")
        .isEqualTo(1);
  }

  /** Halving is exact, so half the rate is the same to the bit however it comes about. */
  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd", "nesterov"})
  void theScheduleScalesTheRateOfEveryStep(String kind) {
    String plain = optimized("kind = " + kind + ", learningRate = 0.01");
    String halved = optimized("kind = " + kind + ", learningRate = 0.005");
    String scheduled =
        optimized(
            "kind = %s, learningRate = 0.01, schedule { kind = steps, milestones = [1], factor = 0.5 }"
                .formatted(kind));
    ShardTask second = new ShardTask(1, 1, 0, BATCHES, BATCHES, 0);

    assertThat(trained(scheduled, wholeEpoch())).isEqualTo(trained(plain, wholeEpoch()));
    assertThat(trained(scheduled, second))
        .isEqualTo(trained(halved, second))
        .isNotEqualTo(trained(plain, second));
  }

  @Test
  void theScheduleGoesByTheClockOfTheLargestShard() {
    String scheduled = optimized("schedule.kind = linear");

    assertThat(trained(scheduled, new ShardTask(0, 0, 0, BATCHES, 2 * BATCHES, 0)))
        .isNotEqualTo(trained(scheduled, wholeEpoch()));
  }

  private static String optimized(String optimizer) {
    return AUTOENCODER.replace(
        "optimizer { learningRate = 0.01 }", "optimizer { " + optimizer + " }");
  }

  @Test
  void aShardWithNothingToTrainReturnsTheStartItself() {
    Snapshot start = start(VAE);
    ShardTask task = wholeEpoch().ofShard(3);

    checkIdle(start, new LocalTrainer(VAE).train(start, List.of(), task));
    checkIdle(start, new LocalTrainer(VAE).train(start, List.of(block(0, 1)), task));
    checkIdle(start, train(VAE, start, new ShardTask(1, 0, BATCHES, 5, BATCHES, 3)));
  }

  private static void checkIdle(Snapshot start, ShardResult result) {
    assertThat(result.snapshot()).isSameAs(start);
    assertThat(result.report().shard()).isEqualTo(3);
    assertThat(result.report().examples()).isZero();
    assertThat(result.report().losses()).isEmpty();
    assertThat(result.report().nonFinite()).isEmpty();
  }

  private enum Part {
    PARAMETERS,
    UPDATER
  }

  /** A snapshot with a number of one network replaced. */
  private static Snapshot broken(Snapshot from, String net, Part part, float value) {
    TreeMap<String, NetState> nets = new TreeMap<>(from.nets());
    NetState state = nets.get(net);
    float[] parameters = state.parameters().clone();
    float[] updater = state.updater().clone();
    (part == Part.UPDATER ? updater : parameters)[2] = value;
    nets.put(net, new NetState(parameters, updater, state.iteration()));
    return new Snapshot(nets);
  }

  @Test
  void weightsThatAreNoNumbersAreReportedWithTheirBatch() {
    Snapshot start = broken(start(VAE), "decoder", Part.PARAMETERS, Float.NaN);

    ShardResult result = train(VAE, start, new ShardTask(0, 0, 2, 3, BATCHES, 0));
    assertThat(result.report().nonFinite()).contains("loss 'loss' is NaN in batch 2");
    assertThat(result.report().examples()).as("stops at once").isEqualTo(BATCH);
  }

  @Test
  void aBrokenGeneratorIsReported() {
    Snapshot start = broken(start(GAN), "generator", Part.PARAMETERS, Float.NaN);

    assertThat(train(GAN, start, wholeEpoch()).report().nonFinite())
        .contains("loss 'discriminator' is NaN in batch 0");
  }

  @Test
  void whatBreaksBetweenMeasuredBatchesIsFoundInTheEnd() {
    Snapshot start = broken(start(AUTOENCODER), "encoder", Part.UPDATER, Float.POSITIVE_INFINITY);

    assertThat(train(AUTOENCODER, start, wholeEpoch()).report().nonFinite())
        .hasValueSatisfying(
            place ->
                assertThat(place).matches("parameter \\d+ of \\d+ of network 'decoder' is NaN"));
  }

  @Test
  void aSnapshotOfAnotherModelIsRefused() {
    assertThatThrownBy(() -> train(GAN, start(VAE), wholeEpoch()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the snapshot has the networks [decoder, encoder],"
                + " the model has [generator, discriminator]");
  }
}
