package org.sparkgen.report;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sparkgen.config.ImageShape;

/** A JPEG file in memory. */
public final class Jpeg {
  private static final float PER_CENT = 100;
  private static final int RGB = 3;

  private final byte[] bytes;

  private Jpeg(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether JPEG knows pictures of the shape: grey and RGB ones. */
  public static boolean supports(ImageShape shape) {
    return shape.channels() == 1 || shape.channels() == RGB;
  }

  /**
   * The first of some pictures.
   *
   * @param quality 0 to 100 per cent
   */
  public static Jpeg encode(Pictures pictures, int quality) {
    return encode(ImageGrid.image(pictures, 0), quality);
  }

  /**
   * A picture.
   *
   * @param image grey or RGB
   * @param quality 0 to 100 per cent
   */
  static Jpeg encode(BufferedImage image, int quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(target)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality / PER_CENT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("a JPEG file can't be written into memory", e);
    } finally {
      writer.dispose();
    }
    return new Jpeg(target.toByteArray());
  }

  /** The file's bytes; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** What is to be seen: (C,H,W), 0 to 255 as unsigned bytes. */
  public byte[] pixels(ImageShape shape) {
    Raster raster;
    try {
      raster = ImageIO.read(new ByteArrayInputStream(bytes)).getRaster();
    } catch (IOException e) {
      throw new UncheckedIOException("a JPEG file can't be read from memory", e);
    }
    int plane = shape.height() * shape.width();
    byte[] pixels = new byte[shape.size()];
    int[] samples = new int[plane];
    for (int channel = 0; channel < shape.channels(); channel++) {
      raster.getSamples(0, 0, shape.width(), shape.height(), channel, samples);
      for (int i = 0; i < plane; i++) {
        pixels[channel * plane + i] = (byte) samples[i];
      }
    }
    return pixels;
  }
}
