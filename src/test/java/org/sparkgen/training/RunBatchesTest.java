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

  /** Grey pictures; the label of each is its number. */
  private static final List<ExampleBlock> SHARD = List.of(block(0, 9), block(9, EXAMPLES));

  private static RunConfig config(String binarize, int batchSize) {
    return RunModels.parse(
        """
        run { name = batches, seed = 5 }
        data { path = images.gz, format = idx, image { height = 8, width = 4 }, binarize = %s }
        model.family = vae
        training { epochs = 3, batchSize = %d }
        output.path = out
        """
            .formatted(binarize, batchSize));
  }

  private static ExampleBlock block(int from, int to) {
    byte[] pixels = new byte[(to - from) * PIXELS];
    int[] labels = new int[to - from];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (60 + i % 130);
    }
    for (int i = from; i < to; i++) {
      labels[i - from] = i;
    }
    return ExampleBlock.ofImages(pixels, labels, new long[to - from]);
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

  private static Map<Integer, List<Float>> evaluation(RunConfig config, int shard) {
    return examples(RunBatches.forEvaluation(config, SHARD, shard));
  }

  @Test
  void pixelsAreDrawnAnewInEveryEpochAndShard() {
    RunConfig config = config("dynamic", 4);
    Map<Integer, List<Float>> first = training(config, 0, 0);

    assertThat(first).hasSize(EXAMPLES);
    assertThat(first.values()).allSatisfy(pixels -> assertThat(pixels).containsOnly(0f, 1f));
    assertThat(training(config, 0, 0)).isEqualTo(first);
    for (Map<Integer, List<Float>> other :
        List.of(training(config, 1, 0), training(config, 0, 1), evaluation(config, 0))) {
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(other.get(i)).isNotEqualTo(first.get(i));
      }
    }
  }

  @Test
  void drawsDoNotDependOnTheBatchSize() {
    assertThat(training(config("dynamic", 7), 1, 0))
        .isEqualTo(training(config("dynamic", 4), 1, 0));
    assertThat(evaluation(config("dynamic", 7), 1)).isEqualTo(evaluation(config("dynamic", 4), 1));
  }

  @Test
  void evaluationsSeeTheSameDrawAgain() {
    assertThat(evaluation(config("dynamic", 4), 0)).isEqualTo(evaluation(config("dynamic", 4), 0));
    assertThat(evaluation(config("dynamic", 4), 1))
        .isNotEqualTo(evaluation(config("dynamic", 4), 0));
  }

  @Test
  void withoutBinarizationPixelsStayGrey() {
    RunConfig config = config("none", 4);

    assertThat(training(config, 0, 0))
        .isEqualTo(training(config, 1, 0))
        .isEqualTo(evaluation(config, 0));
    assertThat(evaluation(config, 0).get(0)).contains(60 / 255f, 91 / 255f);
  }
}
