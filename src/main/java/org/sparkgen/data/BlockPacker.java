package org.sparkgen.data;

import java.util.ArrayList;
import java.util.List;

/** Packs accepted examples, in the order in which they are added, into blocks. */
public final class BlockPacker {
  /** Examples in a block at most. */
  public static final int MAX_EXAMPLES = 4096;

  /** Bytes in a block at most, unless a single example is larger. */
  private static final int MAX_BYTES = 64 << 20;

  private final List<ExampleBlock> blocks = new ArrayList<>();
  private final List<Outcome> waiting = new ArrayList<>();
  private final List<Long> waitingIds = new ArrayList<>();

  /**
   * Adds an example.
   *
   * @param id a number that is stable between runs over the same data
   * @param example an accepted example, of the kind and size of all others
   */
  public void add(long id, Outcome example) {
    if (waiting.size() >= capacity(example)) {
      flush();
    }
    waiting.add(example);
    waitingIds.add(id);
  }

  /** All blocks, none of them empty; the packer is not to be used any more. */
  public List<ExampleBlock> finish() {
    flush();
    return blocks;
  }

  private static int capacity(Outcome example) {
    int bytes =
        example.pixels() != null
            ? example.pixels().length
            : Math.multiplyExact(example.values().length, Float.BYTES);
    return Math.max(1, Math.min(MAX_EXAMPLES, MAX_BYTES / Math.max(1, bytes)));
  }

  private void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    int[] labels = waiting.stream().mapToInt(Outcome::label).toArray();
    long[] ids = waitingIds.stream().mapToLong(Long::longValue).toArray();
    blocks.add(
        waiting.get(0).pixels() != null
            ? ExampleBlock.ofImages(packedPixels(), labels, ids)
            : ExampleBlock.ofRows(packedValues(), labels, ids));
    waiting.clear();
    waitingIds.clear();
  }

  private byte[] packedPixels() {
    int size = waiting.get(0).pixels().length;
    byte[] packed = new byte[size * waiting.size()];
    for (int i = 0; i < waiting.size(); i++) {
      System.arraycopy(waiting.get(i).pixels(), 0, packed, i * size, size);
    }
    return packed;
  }

  private float[] packedValues() {
    int size = waiting.get(0).values().length;
    float[] packed = new float[size * waiting.size()];
    for (int i = 0; i < waiting.size(); i++) {
      System.arraycopy(waiting.get(i).values(), 0, packed, i * size, size);
    }
    return packed;
  }
}
