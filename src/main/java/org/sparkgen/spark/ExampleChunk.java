package org.sparkgen.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.sparkgen.data.BlockPacker;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;

/**
 * A few examples with the names of their files, in the order of the files: what a model is applied
 * to at a time.
 *
 * <p>A final class around arrays because it travels through Spark.
 */
final class ExampleChunk implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Accepted examples at most, and numbers in them at most, unless a single one has more. */
  private static final int MOST_EXAMPLES = 256;

  private static final int MOST_NUMBERS = 4 << 20;

  private final ExampleBlock[] blocks;
  private final String[] files;
  private final long[] indices;
  private final Reject[] rejects;

  private ExampleChunk(ExampleBlock[] blocks, String[] files, long[] indices, Reject[] rejects) {
    this.blocks = blocks;
    this.files = files;
    this.indices = indices;
    this.rejects = rejects;
  }

  /** Accepted examples of one shape in a full chunk. */
  static int capacity(int numbersPerExample) {
    return Math.max(1, Math.min(MOST_EXAMPLES, MOST_NUMBERS / Math.max(1, numbersPerExample)));
  }

  /**
   * Chunks of outcomes in their order, made as they are asked for.
   *
   * @param numbersPerExample pixels or features of an accepted one
   */
  static Iterator<ExampleChunk> chunks(Iterator<NamedOutcome> outcomes, int numbersPerExample) {
    int capacity = capacity(numbersPerExample);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return outcomes.hasNext();
      }

      @Override
      public ExampleChunk next() {
        if (!outcomes.hasNext()) {
          throw new NoSuchElementException();
        }
        return pack(outcomes, capacity);
      }
    };
  }

  private static ExampleChunk pack(Iterator<NamedOutcome> outcomes, int capacity) {
    BlockPacker packer = new BlockPacker();
    List<NamedOutcome> accepted = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    while (outcomes.hasNext() && accepted.size() < capacity && rejects.size() < capacity) {
      NamedOutcome next = outcomes.next();
      Outcome outcome = next.outcome();
      if (outcome.reject().isPresent()) {
        Reject reject = outcome.reject().get();
        rejects.add(new Reject(next.file(), reject.index(), reject.count(), reject.reason()));
      } else {
        accepted.add(next);
        packer.add(next.id(), outcome);
      }
    }
    return new ExampleChunk(
        packer.finish().toArray(new ExampleBlock[0]),
        accepted.stream().map(NamedOutcome::file).toArray(String[]::new),
        accepted.stream().mapToLong(each -> each.outcome().index()).toArray(),
        rejects.toArray(new Reject[0]));
  }

  /** The same chunk with its rows scaled. */
  ExampleChunk scaled(FeatureScaling scaling) {
    return new ExampleChunk(
        Arrays.stream(blocks).map(scaling::apply).toArray(ExampleBlock[]::new),
        files,
        indices,
        rejects);
  }

  /** The accepted examples. */
  List<ExampleBlock> blocks() {
    return Arrays.asList(blocks);
  }

  /** The number of accepted examples. */
  int count() {
    return files.length;
  }

  /** The path, below the root of the listing, of an accepted example's file. */
  String file(int example) {
    return files[example];
  }

  /** The index of an accepted example in its file. */
  long index(int example) {
    return indices[example];
  }

  /** Those that were not accepted, in their order, under their files' paths below the root. */
  List<Reject> rejects() {
    return Arrays.asList(rejects);
  }
}
