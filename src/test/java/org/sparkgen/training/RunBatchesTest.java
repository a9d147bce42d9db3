package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;

class RunBatchesTest {
  private static final int EXAMPLES = 23;
  private static final int PIXELS = 32;

  /** Grey pictures; the label and the id of each is its number. */
  private static final List<ExampleBlock> SHARD = List.of(block(0, 9), block(9, EXAMPLES));

  private static RunConfig config(String binarize, int batchSize) {
    return config(binarize, batchSize, 5);
  }

  private static RunConfig config(String binarize, int batchSize, int seed) {
    return RunModels.parse(
        """
        run { name = batches, seed = %d }
        data { path = images.gz, format = idx, image { height = 8, width = 4 }, binarize = %s }
        model.family = vae
        training { epochs = 3, batchSize = %d }
        output.path = out
        """
            .formatted(seed, binarize, batchSize));
  }

  private static ExampleBlock block(int from, int to) {
    byte[] pixels = new byte[(to - from) * PIXELS];
    int[] labels = new int[to - from];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (60 + (from * PIXELS + i) % 130);
    }
    long[] ids = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = i;
      ids[i - from] = i;
    }
    return ExampleBlock.ofImages(pixels, labels, ids);
  }

  /** Label to pixels. */
  private static Map<Integer, List<Float>> examples(BatchAssembler batches) {
    Map<Integer, List<Float>> examples = new TreeMap<>();
    for (int number = 0; number < batches.batchCount(); number++) {
      Batch batch = batches.batch(number);
      float[] values = batch.examples().data().asFloat();
      for (int i = 0; i < batch.size(); i++) {
        Float[] pixels = new Float[PIXELS];
        for (int j = 0; j < PIXELS; j++) {
          pixels[j] = values[i * PIXELS + j];
        }
        examples.put(batch.labels()[i], List.of(pixels));
      }
    }
    return examples;
  }

  private static Map<Integer, List<Float>> training(RunConfig config, int epoch, int shard) {
    return examples(RunBatches.forTraining(config, SHARD, epoch, shard));
  }

  private static Map<Integer, List<Float>> evaluation(RunConfig config) {
    return examples(RunBatches.forEvaluation(config, SHARD));
  }

  @Test
  void pixelsAreDrawnAnewInEveryEpochAndShard() {
    RunConfig config = config("dynamic", 4);
    Map<Integer, List<Float>> first = training(config, 0, 0);

    assertThat(first).hasSize(EXAMPLES);
    assertThat(first.values()).allSatisfy(pixels -> assertThat(pixels).containsOnly(0f, 1f));
    assertThat(training(config, 0, 0)).isEqualTo(first);
    for (Map<Integer, List<Float>> other :
        List.of(training(config, 1, 0), training(config, 0, 1), evaluation(config))) {
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(other.get(i)).isNotEqualTo(first.get(i));
      }
    }
  }

  @Test
  void drawsDoNotDependOnTheBatchSize() {
    assertThat(training(config("dynamic", 7), 1, 0))
        .isEqualTo(training(config("dynamic", 4), 1, 0));
    assertThat(evaluation(config("dynamic", 7))).isEqualTo(evaluation(config("dynamic", 4)));
  }

  /** Else runs of other seeds or numbers of shards would be measured on other test sets. */
  @Test
  void allRunsAreEvaluatedOnTheSameDraw() {
    Map<Integer, List<Float>> all = evaluation(config("dynamic", 4, 5));
    assertThat(all.get(1)).isNotEqualTo(all.get(0)).containsOnly(0f, 1f);
    assertThat(evaluation(config("dynamic", 4, 6))).isEqualTo(all);

    Map<Integer, List<Float>> shards = new TreeMap<>();
    for (ExampleBlock shard : List.of(block(15, EXAMPLES), block(4, 15), block(0, 4))) {
      shards.putAll(examples(RunBatches.forEvaluation(config("dynamic", 4), List.of(shard))));
    }
    assertThat(shards).isEqualTo(all);
  }

  @Test
  void withoutBinarizationPixelsStayGrey() {
    RunConfig config = config("none", 4);

    assertThat(training(config, 0, 0))
        .isEqualTo(training(config, 1, 0))
        .isEqualTo(evaluation(config));
    assertThat(evaluation(config).get(0)).contains(60 / 255f, 91 / 255f);
  }
}
