package org.sparkgen.data;

import java.util.Optional;

/** A kind of file that comes along in real data, and what has to become of it. */
public final class InputKind {
  private final String name;
  private final byte[] content;
  private final int[] pixels;
  private final String reason;

  private InputKind(String name, byte[] content, int[] pixels, String reason) {
    this.name = name;
    this.content = content;
    this.pixels = pixels;
    this.reason = reason;
  }

  /**
   * A picture that has to be read.
   *
   * @param pixels of its four quarters, row by row, as grey values
   */
  static InputKind accepted(String name, byte[] content, int... pixels) {
    return new InputKind(name, content, pixels, null);
  }

  /** A file that has to be rejected with a reason that contains these words. */
  static InputKind refused(String name, byte[] content, String reason) {
    return new InputKind(name, content, null, reason);
  }

  /** Its name, a path below a folder. */
  public String name() {
    return name;
  }

  /** The bytes of the file; not a copy. */
  public byte[] content() {
    return content;
  }

  /** What the reason says, if it has to be rejected. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** The grey values of its quarters, if it has to be read; not a copy. */
  int[] pixels() {
    return pixels;
  }

  @Override
  public String toString() {
    return name;
  }
}
