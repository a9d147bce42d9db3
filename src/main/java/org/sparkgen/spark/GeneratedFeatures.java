package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Pixels;
import org.sparkgen.evaluation.AgreementCounts;
import org.sparkgen.evaluation.FeatureSample;
import org.sparkgen.model.FeatureNetwork;
import org.sparkgen.model.Features;
import org.sparkgen.model.OneHot;
import org.sparkgen.model.Sampler;
import org.sparkgen.training.SampleChunks;

/**
 * Features of samples that a model draws, and whether they show the classes that were asked for.
 * Samples are seen as they are written: as pixels of one byte.
 *
 * <p>A final class rather than a record because it travels through Spark.
 */
final class GeneratedFeatures implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FEWEST_CHUNKS = 8;
  private static final int MOST_TASKS = 256;

  private final FeatureSample sample;
  private final int classes;
  private final AgreementCounts agreement = new AgreementCounts();

  private GeneratedFeatures(int mostRows, int classes) {
    this.sample = new FeatureSample(mostRows);
    this.classes = classes;
  }

  /**
   * Draws samples 0 to {@code count - 1} of a seed and looks at them.
   *
   * @param model its model must be able to sample
   * @param classes of the model, if the feature network tells them; 0 otherwise
   * @param mostRows the first rows that are kept
   */
  static GeneratedFeatures of(
      JavaSparkContext context,
      ModelBroadcast model,
      Broadcast<FeatureSource> network,
      int classes,
      long seed,
      int count,
      int mostRows) {
    int chunks = SampleChunks.count(count);
    // A function of the count alone, so that the same parts are merged whatever the parallelism.
    int each = Math.max(FEWEST_CHUNKS, (chunks + MOST_TASKS - 1) / MOST_TASKS);
    int tasks = (chunks + each - 1) / each;
    GeneratedFeatures all = new GeneratedFeatures(mostRows, classes);
    JavaRDD<GeneratedFeatures> parts =
        context
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(
                task -> {
                  int first = task * each;
                  GeneratedFeatures part =
                      new GeneratedFeatures(rowsFrom(first, mostRows), classes);
                  Iterator<Integer> numbers =
                      IntStream.range(first, Math.min(chunks, first + each)).iterator();
                  model.use(
                      sampler ->
                          network
                              .value()
                              .use(
                                  looking -> {
                                    RunConfig config = model.config();
                                    numbers.forEachRemaining(
                                        chunk ->
                                            part.add(
                                                (Sampler) sampler,
                                                looking,
                                                config,
                                                seed,
                                                chunk,
                                                count));
                                    return chunks;
                                  }));
                  return part;
                });
    OrderedParts.forEach(parts, all::merge);
    return all;
  }

  /** How many of the rows that are kept come from a chunk and those after it. */
  private static int rowsFrom(int chunk, int mostRows) {
    return (int) Math.max(0, mostRows - (long) chunk * SampleChunks.SIZE);
  }

  private void add(
      Sampler sampler, FeatureNetwork network, RunConfig config, long seed, int chunk, int count) {
    byte[] pixels =
        Pixels.of(SampleChunks.values(sampler, seed, chunk), config.model().pixelRange());
    ExampleBlock block =
        ExampleBlock.ofImages(pixels, new int[SampleChunks.SIZE], new long[SampleChunks.SIZE]);
    BatchAssembler batches =
        new BatchAssembler(
            List.of(block), config.data().shape(), PixelRange.UNIT, SampleChunks.SIZE);
    long first = (long) chunk * SampleChunks.SIZE;
    Features features =
        network
            .look(batches.batch(0).examples())
            .first((int) Math.min(SampleChunks.SIZE, count - first));
    sample.add(features.values(), features.size());
    if (classes > 0) {
      int[] expected = new int[features.classes().length];
      Arrays.setAll(expected, i -> OneHot.classOf(first + i, classes));
      agreement.add(expected, features.classes());
    }
  }

  private void merge(GeneratedFeatures other) {
    sample.merge(other.sample);
    agreement.merge(other.agreement);
  }

  FeatureSample sample() {
    return sample;
  }

  /** Asked-for against seen classes; of no examples if they were not compared. */
  AgreementCounts agreement() {
    return agreement;
  }
}
