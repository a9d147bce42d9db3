package org.sparkgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Reads CIFAR-10's binary batches: a label byte and 3 planes of 32 x 32 bytes a record. */
public final class Cifar10Reader {
  /** Class names in the order of their numbers. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int CHANNELS = 3;
  private static final int SIDE = 32;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;

  private final String path;
  private final ImageConversion conversion;

  /** A reader of one file, which may be gzipped; the path is for messages. */
  public Cifar10Reader(String path, ImageConversion conversion) {
    this.path = path;
    this.conversion = conversion;
  }

  /**
   * The images one by one. A record with an unknown class gives a reject, and so does the rest of a
   * file that ends within a record.
   */
  public Iterator<Outcome> read(byte[] file) {
    try {
      return new Records(Gzip.open(file));
    } catch (IOException e) {
      Reject reject = Reject.wholeFile(path, "can't be inflated: " + e.getMessage());
      return Collections.singleton(Outcome.rejected(reject)).iterator();
    }
  }

  private final class Records extends RecordReader {
    Records(InputStream content) {
      super(path, content, 1 + PIXELS, -1);
    }

    @Override
    Outcome decode(long index, byte[] record) {
      int label = record[0] & 0xFF;
      if (label >= CLASS_NAMES.size()) {
        String reason = "class %d, but CIFAR-10 has classes 0 to 9".formatted(label);
        return Outcome.rejected(Reject.one(path, index, reason));
      }
      byte[] pixels = new byte[PIXELS];
      System.arraycopy(record, 1, pixels, 0, PIXELS);
      return Outcome.image(index, label, conversion.ofPlanes(pixels, CHANNELS, SIDE, SIDE));
    }
  }
}
