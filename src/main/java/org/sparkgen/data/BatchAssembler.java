package org.sparkgen.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.PixelRange;

/**
 * Turns packed blocks into batches, one after the other into the same memory: one array for full
 * batches, one for the last batch if it is smaller. Not safe for use by several threads.
 */
public final class BatchAssembler {
  private final List<ExampleBlock> blocks;
  private final ExampleShape shape;
  private final PixelRange range;
  private final int batchSize;
  private final int[] firstOfBlock;
  private final int[] order;
  private Binarizer binarizer;
  private Slot full;
  private Slot last;

  /**
   * Starts in the blocks' own order.
   *
   * @param blocks the examples, all images or all rows of {@code shape}; not copied
   * @param shape the shape of one example
   * @param range the interval that pixel bytes are mapped to; numeric rows are taken as they are
   * @param batchSize examples in every batch but the last
   * @throws IllegalArgumentException if a block's length is not its count times the shape's size
   */
  public BatchAssembler(
      List<ExampleBlock> blocks, ExampleShape shape, PixelRange range, int batchSize) {
    this.blocks = List.copyOf(blocks);
    this.shape = shape;
    this.range = range;
    this.batchSize = batchSize;
    this.firstOfBlock = new int[this.blocks.size()];
    int examples = 0;
    for (int i = 0; i < firstOfBlock.length; i++) {
      firstOfBlock[i] = examples;
      examples = Math.addExact(examples, checked(this.blocks.get(i), shape).count());
    }
    this.order = new int[examples];
    for (int i = 0; i < examples; i++) {
      order[i] = i;
    }
  }

  /** Number of examples in all batches together. */
  public int exampleCount() {
    return order.length;
  }

  /** Number of batches, the last of which may be smaller than the others; 0 without examples. */
  public int batchCount() {
    return (int) (((long) order.length + batchSize - 1) / batchSize);
  }

  /** Shuffles: the order of all examples from now on depends on nothing but the seed. */
  public void order(long seed) {
    new SplitMix64(seed).permute(order);
  }

  /**
   * From now on every pixel is black or white, white with the probability of its value. What it is
   * depends on the seed, its example's id, and its place in it, and on nothing else: neither on the
   * order nor on which other examples there are. Blocks must be of images.
   */
  public void binarize(long seed) {
    binarizer = new Binarizer(seed);
  }

  /**
   * A batch in the current order. The batch that was returned before may be overwritten.
   *
   * @param number 0 to {@link #batchCount()} - 1
   */
  public Batch batch(int number) {
    if (number < 0 || number >= batchCount()) {
      throw new IndexOutOfBoundsException("batch " + number + " of " + batchCount());
    }
    int from = Math.multiplyExact(number, batchSize);
    Slot slot = slotOf(Math.min(batchSize, order.length - from));
    for (int i = 0; i < slot.labels.length; i++) {
      int example = order[from + i];
      int block = blockOf(example);
      int index = example - firstOfBlock[block];
      if (binarizer == null) {
        slot.put(i, blocks.get(block), index);
      } else {
        slot.put(i, blocks.get(block), index, binarizer);
      }
    }
    return slot.batch(range);
  }

  private static ExampleBlock checked(ExampleBlock block, ExampleShape shape) {
    int length = block.images() ? block.pixels().length : block.values().length;
    if (length != (long) block.count() * shape.size()) {
      throw new IllegalArgumentException(
          "a block of %d examples of %s needs %d numbers, but has %d"
              .formatted(block.count(), shape, (long) block.count() * shape.size(), length));
    }
    return block;
  }

  /** The last block that begins at or before an example; blocks may be empty. */
  private int blockOf(int example) {
    int low = 0;
    int high = firstOfBlock.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstOfBlock[middle] <= example) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private Slot slotOf(int examples) {
    if (examples == batchSize) {
      full = full == null ? new Slot(shape, examples) : full;
      return full;
    }
    last = last == null ? new Slot(shape, examples) : last;
    return last;
  }

  /**
   * A batch's memory, filled again and again: rows as numbers, pixels as bytes and then numbers.
   */
  private static final class Slot {
    private final int size;
    private final int[] labels;
    private final INDArray array;
    private final FloatBuffer values;
    private final Batch batch;
    private INDArray pixelArray;
    private ByteBuffer pixels;
    private byte[] drawn;

    Slot(ExampleShape shape, int examples) {
      // Detached: it must outlive whatever workspace happens to be open.
      this.array = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', shape.batchOf(examples));
      this.size = shape.size();
      this.labels = new int[examples];
      this.values = array.data().asNioFloat();
      this.batch = new Batch(array, labels);
    }

    void put(int at, ExampleBlock block, int index) {
      labels[at] = block.labels()[index];
      if (block.images()) {
        pixels().put(at * size, block.pixels(), index * size, size);
      } else {
        values.put(at * size, block.values(), index * size, size);
      }
    }

    /** As drawn for the example's id. */
    void put(int at, ExampleBlock block, int index, Binarizer binarizer) {
      labels[at] = block.labels()[index];
      drawn = drawn == null ? new byte[size] : drawn;
      binarizer.draw(block.ids()[index], block.pixels(), index * size, drawn);
      pixels().put(at * size, drawn);
    }

    private ByteBuffer pixels() {
      if (pixels == null) {
        pixelArray = Nd4j.createUninitializedDetached(DataType.UINT8, 'c', array.shape());
        pixels = pixelArray.data().asNio();
      }
      return pixels;
    }

    /** With the values of {@link PixelRange#toModel}, computed by vector instructions. */
    Batch batch(PixelRange range) {
      if (pixelArray != null) {
        array.assign(pixelArray);
        switch (range) {
          case UNIT -> array.divi(255f);
          case SIGNED -> array.divi(127.5f).subi(1f);
        }
      }
      return batch;
    }
  }
}
