package org.sparkgen.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Up to a few thousand examples packed into primitive arrays: the form in which data is kept in
 * Spark. Images are one byte a pixel in the order (N,C,H,W), numeric rows are floats (N,F); one of
 * the two arrays is null.
 *
 * <p>A final class rather than a record because Spark's Kryo cannot read records.
 */
public final class ExampleBlock implements Serializable {
  /** The label of an example that has none. */
  public static final int NO_LABEL = -1;

  private static final long serialVersionUID = 1L;

  /** An odd number whose products spread over all bits. */
  private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

  private static final int HASH_SHIFT = 32;

  private final byte[] pixels;
  private final float[] values;
  private final int[] labels;
  private final long[] ids;

  private ExampleBlock(byte[] pixels, float[] values, int[] labels, long[] ids) {
    if (labels.length != ids.length) {
      throw new IllegalArgumentException(labels.length + " labels but " + ids.length + " ids");
    }
    this.pixels = pixels;
    this.values = values;
    this.labels = labels;
    this.ids = ids;
  }

  /** A block of images, one byte a channel value; takes the arrays over. */
  public static ExampleBlock ofImages(byte[] pixels, int[] labels, long[] ids) {
    return new ExampleBlock(pixels, null, labels, ids);
  }

  /** A block of numeric rows, already scaled; takes the arrays over. */
  public static ExampleBlock ofRows(float[] values, int[] labels, long[] ids) {
    return new ExampleBlock(null, values, labels, ids);
  }

  /**
   * One block of the examples of several.
   *
   * @param blocks at least one, all of images or all of rows of one shape
   */
  public static ExampleBlock join(List<ExampleBlock> blocks) {
    int count = blocks.stream().mapToInt(ExampleBlock::count).sum();
    int length = blocks.stream().mapToInt(ExampleBlock::length).reduce(0, Math::addExact);
    boolean images = blocks.get(0).images();
    byte[] pixels = images ? new byte[length] : null;
    float[] values = images ? null : new float[length];
    int[] labels = new int[count];
    long[] ids = new long[count];
    int example = 0;
    int number = 0;
    for (ExampleBlock block : blocks) {
      Object from = images ? block.pixels : block.values;
      System.arraycopy(from, 0, images ? pixels : values, number, block.length());
      System.arraycopy(block.labels, 0, labels, example, block.count());
      System.arraycopy(block.ids, 0, ids, example, block.count());
      number += block.length();
      example += block.count();
    }
    return new ExampleBlock(pixels, values, labels, ids);
  }

  /**
   * This block with examples of zeros, of class 0, behind its own.
   *
   * @param count that it has then, at least its own, which is not 0
   */
  public ExampleBlock paddedTo(int count) {
    int length = count * (length() / count());
    return new ExampleBlock(
        pixels == null ? null : Arrays.copyOf(pixels, length),
        values == null ? null : Arrays.copyOf(values, length),
        Arrays.copyOf(labels, count),
        Arrays.copyOf(ids, count));
  }

  /** The first {@code most} examples, or this block if there are no more. */
  public ExampleBlock first(int most) {
    if (most >= count()) {
      return this;
    }
    int length = most * (length() / count());
    return new ExampleBlock(
        pixels == null ? null : Arrays.copyOf(pixels, length),
        values == null ? null : Arrays.copyOf(values, length),
        Arrays.copyOf(labels, most),
        Arrays.copyOf(ids, most));
  }

  /** The first {@code most} examples of several blocks, in their order. */
  public static List<ExampleBlock> first(List<ExampleBlock> blocks, int most) {
    List<ExampleBlock> first = new ArrayList<>();
    int left = most;
    for (ExampleBlock block : blocks) {
      if (left > 0 && block.count() > 0) {
        ExampleBlock part = block.first(left);
        first.add(part);
        left -= part.count();
      }
    }
    return first;
  }

  private int length() {
    return images() ? pixels.length : values.length;
  }

  /** Number of examples. */
  public int count() {
    return labels.length;
  }

  /** Whether the examples are images. */
  public boolean images() {
    return pixels != null;
  }

  /** Pixels (N,C,H,W), 0 to 255 as unsigned bytes; not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** Row values (N,F); not a copy. */
  public float[] values() {
    return values;
  }

  /** A class number from 0 per example, or {@link #NO_LABEL}; not a copy. */
  public int[] labels() {
    return labels;
  }

  /**
   * A number per example that equal examples share, wherever they lie, and others do not but for
   * one pair in 2^64: by their pixels or values alone, not by their labels.
   */
  public long[] contentDigests() {
    long[] digests = new long[count()];
    int size = count() == 0 ? 0 : length() / count();
    for (int example = 0; example < digests.length; example++) {
      long hash = size;
      for (int i = example * size; i < (example + 1) * size; i++) {
        int number = images() ? pixels[i] : Float.floatToIntBits(values[i]);
        hash = (hash ^ number) * HASH_FACTOR;
        hash ^= hash >>> HASH_SHIFT;
      }
      digests[example] = SplitMix64.mix(hash);
    }
    return digests;
  }

  /** A number per example that is stable between runs over the same data; not a copy. */
  public long[] ids() {
    return ids;
  }
}
