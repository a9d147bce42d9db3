package org.sparkgen.data;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes small picture files of every kind for tests. */
public final class Pictures {
  private Pictures() {}

  /** An RGB picture of one colour. */
  public static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** An RGB picture with something to compress in it. */
  public static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = (int) (SplitMix64.mix(y * 1000L + x) & 31);
        image.setRGB(
            x, y, (x * 200 / width + noise) << 16 | (y * 200 / height + noise) << 8 | noise);
      }
    }
    return image;
  }

  /** A grey picture with the given samples of 8 or 16 bits. */
  public static BufferedImage grey(int type, int width, int... samples) {
    BufferedImage image = new BufferedImage(width, samples.length / width, type);
    image.getRaster().setPixels(0, 0, width, samples.length / width, samples);
    return image;
  }

  /** A picture with alpha of the given ARGB values. */
  public static BufferedImage argb(int width, int... argb) {
    BufferedImage image =
        new BufferedImage(width, argb.length / width, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, argb.length / width, argb, 0, width);
    return image;
  }

  /** A picture with a palette of red, green, blue and a transparent entry, in this order. */
  public static BufferedImage palette(int width, int... entries) {
    byte[] red = {(byte) 255, 0, 0, 9};
    byte[] green = {0, (byte) 255, 0, 9};
    byte[] blue = {0, 0, (byte) 255, 9};
    byte[] alpha = {(byte) 255, (byte) 255, (byte) 255, 0};
    BufferedImage image =
        new BufferedImage(
            width,
            entries.length / width,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 4, red, green, blue, alpha));
    image.getRaster().setPixels(0, 0, width, entries.length / width, entries);
    return image;
  }

  /** An RGB picture of 16 bits a channel; samples are those of each pixel in turn. */
  public static BufferedImage rgb16(int width, int... samples) {
    int height = samples.length / 3 / width;
    ColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colours.createCompatibleWritableRaster(width, height);
    raster.setPixels(0, 0, width, height, samples);
    return new BufferedImage(colours, raster, false, null);
  }

  /** A file of ImageIO's format name. */
  public static byte[] file(BufferedImage image, String format) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer of " + format + " for " + image);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A progressive JPEG file. */
  public static byte[] progressiveJpeg(BufferedImage image) {
    return written(
        "jpeg",
        (writer, parameters) -> {
          parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
          writer.write(null, new IIOImage(image, null, null), parameters);
        });
  }

  /** A JPEG file of one colour, as inverted cyan, magenta, yellow and black. */
  public static byte[] cmykJpeg(int cyan, int magenta, int yellow, int black) {
    return withColourTransform(fourChannelJpeg(cyan, magenta, yellow, black), 0);
  }

  /** A JPEG file of one colour, as luma, two chroma and inverted black. */
  public static byte[] ycckJpeg(int luma, int blueChroma, int redChroma, int black) {
    return withColourTransform(fourChannelJpeg(luma, blueChroma, redChroma, black), 2);
  }

  /** Puts Adobe's marker in, which says how four channels are meant. */
  private static byte[] withColourTransform(byte[] jpeg, int transform) {
    ByteBuffer marker = ByteBuffer.allocate(16);
    marker.put((byte) 0xFF).put((byte) 0xEE).putShort((short) 14);
    marker.put("Adobe".getBytes(StandardCharsets.US_ASCII)).putShort((short) 100);
    return insert(jpeg, 2, marker.put(15, (byte) transform).array());
  }

  private static byte[] fourChannelJpeg(int... samples) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        raster.setPixel(x, y, samples);
      }
    }
    return written(
        "jpeg",
        (writer, parameters) -> writer.write(null, new IIOImage(raster, null, null), parameters));
  }

  /** A GIF file of several frames. */
  public static byte[] animatedGif(BufferedImage... frames) {
    return written(
        "gif",
        (writer, parameters) -> {
          writer.prepareWriteSequence(null);
          for (BufferedImage frame : frames) {
            writer.writeToSequence(new IIOImage(frame, null, null), parameters);
          }
          writer.endWriteSequence();
        });
  }

  /** A JPEG file with an EXIF segment that says how it is to be turned. */
  public static byte[] withOrientation(byte[] jpeg, int orientation, boolean littleEndian) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.put((byte) 0xFF).put((byte) 0xE1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put((littleEndian ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    exif.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    exif.putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return insert(jpeg, 2, exif.array());
  }

  /** A PNG header that promises a picture of any size, and no picture. */
  public static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    putChunk(png, "IHDR", header.put(new byte[] {8, 0, 0, 0, 0}).array());
    putChunk(png, "IEND", new byte[0]);
    return png.array();
  }

  /** A PNG file whose compressed pixels are whatever bytes, with checksums that are right. */
  public static byte[] pngOfData(int width, int height, int depth, int colourType, byte[] raw) {
    return pngOfDeflated(width, height, depth, colourType, deflate(raw));
  }

  /** As {@link #pngOfData}, of pixels that are compressed already. */
  public static byte[] pngOfDeflated(
      int width, int height, int depth, int colourType, byte[] data) {
    ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12 + data.length + 12);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) colourType);
    putChunk(png, "IHDR", header.array());
    putChunk(png, "IDAT", data);
    putChunk(png, "IEND", new byte[0]);
    return png.array();
  }

  /** A PNG file with a chunk more behind its header. */
  public static byte[] withPngChunk(byte[] png, String name, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    putChunk(chunk, name, content);
    return insert(png, 8 + 25, chunk.array());
  }

  /** A PNG file whose pixels come in seven passes. */
  public static byte[] interlacedPng(BufferedImage image) {
    return written(
        "png",
        (writer, parameters) -> {
          parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
          writer.write(null, new IIOImage(image, null, null), parameters);
        });
  }

  /** A JPEG file without its segments of a marker. */
  public static byte[] withoutSegments(byte[] jpeg, int marker) {
    byte[] left = jpeg;
    int at = 2;
    while ((left[at + 1] & 0xFF) != 0xDA) {
      int length = 2 + ((left[at + 2] & 0xFF) << 8 | (left[at + 3] & 0xFF));
      if ((left[at + 1] & 0xFF) == marker) {
        byte[] shorter = Arrays.copyOf(left, left.length - length);
        System.arraycopy(left, at + length, shorter, at, shorter.length - at);
        left = shorter;
      } else {
        at += length;
      }
    }
    return left;
  }

  /** A JPEG file whose last scan comes again and again. */
  public static byte[] manyScans(byte[] jpeg, int times) {
    int end = jpeg.length - 2;
    int from = end;
    while ((jpeg[from] & 0xFF) != 0xFF || (jpeg[from + 1] & 0xFF) != 0xDA) {
      from--;
    }
    ByteBuffer scans = ByteBuffer.allocate((end - from) * times);
    for (int i = 0; i < times; i++) {
      scans.put(jpeg, from, end - from);
    }
    return insert(jpeg, end, scans.array());
  }

  /** A BMP file of two colours, black and white, whose pixels are run lengths. */
  public static byte[] runLengthBmp(int width, int height, int... codes) {
    ByteBuffer bmp = ByteBuffer.allocate(14 + 40 + 8 + codes.length);
    bmp.order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(14 + 40 + 8);
    bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
    bmp.putInt(1).putInt(codes.length).putInt(0).putInt(0).putInt(2).putInt(2);
    bmp.putInt(0).putInt(0xFFFFFF);
    for (int code : codes) {
      bmp.put((byte) code);
    }
    return bmp.array();
  }

  /** Bytes as a zlib stream. */
  public static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Bytes with others put in between. */
  public static byte[] insert(byte[] bytes, int at, byte[] inserted) {
    return ByteBuffer.allocate(bytes.length + inserted.length)
        .put(bytes, 0, at)
        .put(inserted)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  /** Bytes compressed as a gzip file. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void putChunk(ByteBuffer png, String name, byte[] content) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(ascii);
    checksum.update(content);
    png.putInt(content.length).put(ascii).put(content).putInt((int) checksum.getValue());
  }

  private static byte[] written(String format, Write write) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      write.to(writer, writer.getDefaultWriteParam());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private interface Write {
    void to(ImageWriter writer, ImageWriteParam parameters) throws IOException;
  }
}
