package org.sparkgen.job;

import java.util.Arrays;
import java.util.List;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.FeatureRows;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Encoding;
import org.sparkgen.training.RunBatches;

/** Where an encoder places some examples. */
final class LatentCodes {
  private final float[] means;
  private final int[] labels;
  private final int size;
  private final boolean distributions;

  private LatentCodes(float[] means, int[] labels, int size, boolean distributions) {
    this.means = means;
    this.labels = labels;
    this.size = size;
    this.distributions = distributions;
  }

  /**
   * Encodes examples, batch by batch.
   *
   * @param examples at least one
   */
  static LatentCodes of(Encoder encoder, RunConfig config, ExampleBlock examples) {
    BatchAssembler batches = RunBatches.forEvaluation(config, List.of(examples));
    float[] all = new float[0];
    int size = 0;
    int done = 0;
    boolean distributions = false;
    for (int i = 0; i < batches.batchCount(); i++) {
      Batch batch = batches.batch(i);
      Encoding encoding = encoder.encode(batch);
      size = encoding.size();
      distributions = encoding.variances().length > 0;
      all = i == 0 ? new float[examples.count() * size] : all;
      System.arraycopy(encoding.means(), 0, all, done * size, batch.size() * size);
      done += batch.size();
    }
    return new LatentCodes(all, examples.labels(), size, distributions);
  }

  /** Numbers in a code. */
  int size() {
    return size;
  }

  /** Number of codes. */
  int count() {
    return labels.length;
  }

  /** Whether codes are means of distributions that training kept near a standard normal one. */
  boolean distributions() {
    return distributions;
  }

  /** Whether they can be drawn. */
  boolean finite() {
    for (float value : means) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** A copy of one code. */
  float[] code(int example) {
    return Arrays.copyOfRange(means, example * size, (example + 1) * size);
  }

  /** Class numbers; not a copy. */
  int[] labels() {
    return labels;
  }

  /** The codes, finite, as rows. */
  FeatureRows rows() {
    return new FeatureRows(means, size);
  }

  /** The mean of every dimension. */
  double[] mean() {
    double[] sums = new double[size];
    for (int i = 0; i < means.length; i++) {
      sums[i % size] += means[i];
    }
    return Arrays.stream(sums).map(sum -> sum / count()).toArray();
  }

  /** The variance of every dimension over the examples, divided by n. */
  double[] variances() {
    double[] mean = mean();
    double[] sums = new double[size];
    for (int i = 0; i < means.length; i++) {
      double deviation = means[i] - mean[i % size];
      sums[i % size] += deviation * deviation;
    }
    return Arrays.stream(sums).map(sum -> sum / count()).toArray();
  }
}
