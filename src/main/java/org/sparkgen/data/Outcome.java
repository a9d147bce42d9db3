package org.sparkgen.data;

import java.io.Serializable;
import java.util.Optional;

/**
 * What became of a listed example: an image, a numeric row, or a reject.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class Outcome implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long index;
  private final int label;
  private final byte[] pixels;
  private final float[] values;
  private final Reject reject;

  private Outcome(long index, int label, byte[] pixels, float[] values, Reject reject) {
    this.index = index;
    this.label = label;
    this.pixels = pixels;
    this.values = values;
    this.reject = reject;
  }

  /**
   * An accepted image.
   *
   * @param index index in the file, from 0
   * @param label class number, or {@link ExampleBlock#NO_LABEL}
   * @param pixels (C,H,W), 0 to 255 as unsigned bytes; not copied
   */
  public static Outcome image(long index, int label, byte[] pixels) {
    return new Outcome(index, label, pixels, null, null);
  }

  /** An accepted numeric row; the array is not copied. */
  public static Outcome row(long index, int label, float[] values) {
    return new Outcome(index, label, null, values, null);
  }

  /** One or more examples that were not accepted. */
  public static Outcome rejected(Reject reject) {
    return new Outcome(reject.index(), ExampleBlock.NO_LABEL, null, null, reject);
  }

  /** Index in the file of the (first) example, from 0, or {@link Reject#WHOLE_FILE}. */
  public long index() {
    return index;
  }

  /** The class number of an accepted example, or {@link ExampleBlock#NO_LABEL}. */
  public int label() {
    return label;
  }

  /** Pixels of an accepted image, otherwise null; not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** Values of an accepted row, otherwise null; not a copy. */
  public float[] values() {
    return values;
  }

  /** Why the example was not accepted; empty if it was. */
  public Optional<Reject> reject() {
    return Optional.ofNullable(reject);
  }
}
