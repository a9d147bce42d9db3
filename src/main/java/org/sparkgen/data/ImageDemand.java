package org.sparkgen.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a picture's pixels would take, told from its bytes before anything is decoded, so that a
 * small file can't ask for all memory.
 */
final class ImageDemand {
  /** Deflate's best: 258 bytes from 2 bits. */
  private static final int DEFLATE_RATIO = 1032;

  /** LZW's best: a string of 4,096 pixels from 12 bits. */
  private static final int GIF_PIXELS_PER_BYTE = 4096;

  /** A bit for each block of 64 pixels of a component, of which one has at least every fourth. */
  private static final int JPEG_PIXELS_PER_BYTE = 64 * Byte.SIZE * 4;

  /** A run of 255 pixels is two bytes; as many again may be left out. */
  private static final int BMP_PIXELS_PER_BYTE = 255;

  private static final int BMP_HEADER_SIZE = 14;
  private static final int BMP_CORE_HEADER = 12;
  private static final int BMP_CORE_BITS = 24;
  private static final int BMP_BITS = 28;
  private static final int BMP_COMPRESSION = 30;
  private static final int BMP_FIELDS = 3;
  private static final int BMP_SHORTEST = BMP_COMPRESSION + Integer.BYTES;

  private final ImageFormat format;
  private final int bitsPerPixel;
  private final long mostPixels;

  /**
   * A demand.
   *
   * @param bitsPerPixel of the decoded picture
   * @param mostPixels that the file's bytes can hold
   */
  private ImageDemand(ImageFormat format, int bitsPerPixel, long mostPixels) {
    this.format = format;
    this.bitsPerPixel = bitsPerPixel;
    this.mostPixels = mostPixels;
  }

  /**
   * The demand of a file.
   *
   * @throws UnreadableExampleException if its structure alone tells that it is damaged
   */
  static ImageDemand of(ImageFormat format, byte[] file) throws UnreadableExampleException {
    return switch (format) {
      case PNG -> ofPng(PngStructure.of(file));
      case JPEG -> ofJpeg(JpegStructure.of(file), file.length);
      case GIF -> new ImageDemand(format, Byte.SIZE, (long) file.length * GIF_PIXELS_PER_BYTE);
      case BMP -> ofBmp(file);
    };
  }

  private static ImageDemand ofPng(PngStructure png) {
    long bits = png.dataLength() * DEFLATE_RATIO * Byte.SIZE;
    return new ImageDemand(ImageFormat.PNG, png.bitsPerPixel(), bits / png.bitsPerPixel());
  }

  private static ImageDemand ofJpeg(JpegStructure jpeg, long length) {
    // Four inks are converted to three colours beside them.
    int samples = jpeg.components() == 4 ? 4 + 3 : Math.max(1, jpeg.components());
    return new ImageDemand(ImageFormat.JPEG, samples * Byte.SIZE, length * JPEG_PIXELS_PER_BYTE);
  }

  /** Without compression the bits are all there. */
  private static ImageDemand ofBmp(byte[] file) {
    if (file.length < BMP_SHORTEST) {
      return new ImageDemand(ImageFormat.BMP, 1, 0);
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    boolean core = header.getInt(BMP_HEADER_SIZE) == BMP_CORE_HEADER;
    int bits = Math.max(1, header.getShort(core ? BMP_CORE_BITS : BMP_BITS) & 0xFFFF);
    int compression = core ? 0 : header.getInt(BMP_COMPRESSION);
    boolean plain = compression == 0 || compression == BMP_FIELDS;
    return new ImageDemand(
        ImageFormat.BMP,
        bits,
        plain ? (long) file.length * Byte.SIZE / bits : (long) file.length * BMP_PIXELS_PER_BYTE);
  }

  /** Refuses a picture of these dimensions, before any of its pixels are decoded. */
  void check(int width, int height) throws UnreadableExampleException {
    ImageLimits.check(width, height, bitsPerPixel);
    if ((long) width * height > mostPixels) {
      throw new UnreadableExampleException(
          "damaged %s: its header promises %,d x %,d pixels, more than its bytes can hold"
              .formatted(format, width, height));
    }
  }
}
