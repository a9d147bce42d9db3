package org.sparkgen.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A PNG file in memory. Equal pictures have equal bytes on the same Java version. */
public final class Png {
  private static final int HEADER_END = 26;
  private static final int WIDTH_AT = 16;
  private static final int HEIGHT_AT = 20;
  private static final int COLOUR_AT = 25;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final byte[] bytes;

  private Png(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A file that was read; the array is taken over.
   *
   * @throws IllegalArgumentException if the bytes do not begin like a PNG file
   */
  public static Png of(byte[] bytes) {
    if (bytes.length < HEADER_END
        || !Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new IllegalArgumentException(
          "not a PNG file: its " + bytes.length + " bytes do not begin with the PNG signature");
    }
    return new Png(bytes);
  }

  /** What a file's size is worth. */
  public enum Effort {
    /** A fifth to a half less time for one or two per cent more bytes: for pictures in masses. */
    FAST(6),
    /** As few bytes as the compression gets to. */
    SMALL(9);

    private final int level;

    Effort(int level) {
      this.level = level;
    }
  }

  /** One of some pictures as it is. */
  public static Png encode(Pictures pictures, int index, Effort effort) {
    return new Png(PngEncoder.encode(pictures, index, effort.level));
  }

  /** Encodes a drawing with the strongest compression. */
  static Png encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(target)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(0f);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("a PNG file can't be written into memory", e);
    } finally {
      writer.dispose();
    }
    return new Png(target.toByteArray());
  }

  /** The pixels; empty if the file is no picture, whatever its first bytes say. */
  Optional<BufferedImage> read() {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The file's bytes; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Columns, from the file's header. */
  public int width() {
    return number(WIDTH_AT);
  }

  /** Rows, from the file's header. */
  public int height() {
    return number(HEIGHT_AT);
  }

  /** Numbers of a pixel, from the file's header: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  int channels() {
    return switch (bytes[COLOUR_AT]) {
      case 0 -> 1;
      case 4 -> 2;
      case 6 -> 4;
      default -> 3; // RGB, or a palette of it.
    };
  }

  private int number(int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
