package org.sparkgen.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.data.IdxImages;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.data.UnreadableExampleException;

/** All images as numbers in [0, 1], and batches of them; only whole batches, as other peers do. */
final class StockImages {
  static final int SIDE = 28;
  static final int PIXELS = SIDE * SIDE;

  private static final int HEADER = 16;
  private static final int MOST = 60_000;
  private static final float WHITE = 255f;

  private final float[] values;
  private final int[] order;
  private final int batchSize;

  private StockImages(float[] values, int batchSize) {
    this.values = values;
    this.order = new int[values.length / PIXELS];
    this.batchSize = batchSize;
    Arrays.setAll(order, i -> i);
  }

  /** Images of an IDX file of 28 x 28, or random ones. */
  static StockImages read(Optional<Path> file, int limit, int batchSize)
      throws IOException, UnreadableExampleException {
    byte[] idx =
        file.isPresent()
            ? IdxImages.first(Files.readAllBytes(file.get()), limit)
            : IdxImages.noise(0, Math.min(limit, MOST), SIDE, SIDE);
    float[] values = new float[idx.length - HEADER];
    for (int i = 0; i < values.length; i++) {
      values[i] = (idx[HEADER + i] & 0xFF) / WHITE;
    }
    return new StockImages(values, batchSize);
  }

  void shuffle(long seed) {
    new SplitMix64(seed).permute(order);
  }

  int batchSize() {
    return batchSize;
  }

  /** Whole batches in an epoch. */
  int batches() {
    return order.length / batchSize;
  }

  /** Pixels of a batch, one image after the other. */
  float[] pixels(int batch) {
    float[] pixels = new float[batchSize * PIXELS];
    for (int i = 0; i < batchSize; i++) {
      int image = order[batch * batchSize + i];
      System.arraycopy(values, image * PIXELS, pixels, i * PIXELS, PIXELS);
    }
    return pixels;
  }

  /** A batch as {@code [N,784]}. */
  INDArray rows(int batch) {
    return Nd4j.create(pixels(batch), new long[] {batchSize, PIXELS}, 'c');
  }

  /** A batch as {@code [N,1,28,28]}. */
  INDArray images(int batch) {
    return Nd4j.create(pixels(batch), new long[] {batchSize, 1, SIDE, SIDE}, 'c');
  }
}
