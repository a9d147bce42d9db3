package org.sparkgen.data;

import java.util.Arrays;
import java.util.Optional;
import org.sparkgen.config.DataFormat;

/** What a file's first bytes say of its format, for hints where another one was expected. */
public final class FormatGuess {
  /** Bytes that are looked at. */
  public static final int LENGTH = 32;

  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
  private static final byte[] IDX_IMAGES = {0, 0, 8, 3};

  private FormatGuess() {}

  /**
   * The format that reads a file; empty if these bytes do not tell.
   *
   * @param beginning its first {@link #LENGTH} bytes, or all if there are fewer
   */
  public static Optional<DataFormat> of(byte[] beginning) {
    if (!isBinary(beginning)) {
      return Optional.empty();
    }
    if (ImageFormat.of(beginning).isPresent()) {
      return Optional.of(DataFormat.FOLDER);
    }
    if (begins(beginning, PARQUET)) {
      return Optional.of(DataFormat.PARQUET);
    }
    return begins(beginning, IDX_IMAGES) ? Optional.of(DataFormat.IDX) : Optional.empty();
  }

  /** A table of text may begin with letters that a picture begins with, such as BM. */
  private static boolean isBinary(byte[] beginning) {
    for (byte b : beginning) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(byte[] beginning, byte[] magic) {
    return beginning.length >= magic.length
        && Arrays.equals(beginning, 0, magic.length, magic, 0, magic.length);
  }
}
