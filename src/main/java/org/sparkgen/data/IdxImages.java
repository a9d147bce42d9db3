package org.sparkgen.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Makes IDX image files, the format that {@link IdxReader} reads. */
public final class IdxImages {
  private static final int HEADER_BYTES = 16;

  private IdxImages() {}

  /**
   * A file of random bytes.
   *
   * @return the whole file, not compressed; the same for the same arguments
   */
  public static byte[] noise(long seed, int count, int height, int width) {
    byte[] file = blank(count, height, width);
    SplitMix64 random = new SplitMix64(seed);
    for (int i = HEADER_BYTES; i < file.length; i++) {
      file[i] = (byte) random.next();
    }
    return file;
  }

  /**
   * A file of the first images of another.
   *
   * @param images content of an IDX image file, gzip or not
   * @param most images wanted; fewer are there if the file has fewer
   * @return the whole file, not compressed
   * @throws UnreadableExampleException if that is no IDX image file, or a damaged one
   */
  public static byte[] first(byte[] images, int most) throws UnreadableExampleException {
    try (DataInputStream content = new DataInputStream(Gzip.open(images))) {
      IdxHeader header = IdxHeader.ofImages(content);
      int count = Math.min(most, header.count());
      byte[] file = blank(count, header.height(), header.width());
      content.readFully(file, HEADER_BYTES, file.length - HEADER_BYTES);
      return file;
    } catch (IOException e) {
      throw new UnreadableExampleException("ends early or can't be inflated: " + e, e);
    }
  }

  /** A file of black images. */
  private static byte[] blank(int count, int height, int width) {
    long size = HEADER_BYTES + (long) count * height * width;
    byte[] file = new byte[Math.toIntExact(size)];
    ByteBuffer.wrap(file).putInt(IdxHeader.IMAGES).putInt(count).putInt(height).putInt(width);
    return file;
  }
}
