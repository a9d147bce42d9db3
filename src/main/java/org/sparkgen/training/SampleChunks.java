package org.sparkgen.training;

import java.util.Arrays;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.PixelRange;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Generator;
import org.sparkgen.model.SampleChoice;
import org.sparkgen.model.Sampler;
import org.sparkgen.nn.StepWorkspace;

/**
 * Samples in chunks of a fixed size, so that sample number i has the same bits whoever draws it:
 * the rounding of a matrix product depends on how many rows it has.
 */
public final class SampleChunks {
  /** Samples in a chunk; the last one of a request is drawn whole and cut. */
  public static final int SIZE = 64;

  private SampleChunks() {}

  /** Chunks that hold {@code count} samples. */
  public static int count(long count) {
    return Math.toIntExact((count + SIZE - 1) / SIZE);
  }

  /**
   * Values of the samples of one chunk, in the model's range.
   *
   * @param seed of the whole sequence of samples
   * @param chunk number of the chunk, from 0
   * @return {@link #SIZE} examples, one after the other
   */
  public static float[] values(Sampler sampler, long seed, int chunk) {
    return values(sampler, seed, chunk, SampleChoice.all());
  }

  /** As the other, of chosen samples. */
  public static float[] values(Sampler sampler, long seed, int chunk, SampleChoice choice) {
    return generate(sampler, sampler.inputs(seed, (long) chunk * SIZE, SIZE, choice));
  }

  /** The first {@code count} samples as pixel bytes. */
  public static byte[] pixels(
      Sampler model, PixelRange range, long seed, int count, SampleChoice choice) {
    byte[][] chunks = new byte[count(count)][];
    int total = 0;
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Pixels.of(values(model, seed, i, choice), range);
      total = Math.addExact(total, chunks[i].length);
    }
    byte[] joined = new byte[total];
    int at = 0;
    for (byte[] chunk : chunks) {
      System.arraycopy(chunk, 0, joined, at, chunk.length);
      at += chunk.length;
    }
    int size = total / (chunks.length * SIZE);
    return Arrays.copyOf(joined, count * size);
  }

  /** Examples of a generator's inputs, in the model's range. */
  public static float[] generate(Generator generator, float[] inputs) {
    int count = inputs.length / generator.inputSize();
    return StepWorkspace.compute(
        () ->
            Pixels.values(
                generator.generate(
                    Nd4j.createFromArray(inputs).reshape(count, generator.inputSize()))));
  }
}
