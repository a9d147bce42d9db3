package org.sparkgen.data;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.sparkgen.config.Keyword;

/**
 * Decodes PNG, JPEG, BMP and GIF (its first frame) by what the bytes say, not by the name.
 *
 * <p>Dimensions are checked before pixels are decoded. A damaged file is refused, also where a
 * viewer would show what is left of it: half a picture teaches a model the wrong thing.
 */
public final class ImageDecoder {
  private static final int BMP_HEADER_SIZE = 14;
  private static final int BMP_INFO_HEADER = 40;
  private static final int BMP_COMPRESSION = 30;
  private static final int BMP_EMBEDDED_JPEG = 4;
  private static final int BMP_EMBEDDED_PNG = 5;

  /** Reads what the JDK's reader, which it needs to be registered beside, refuses. */
  private static final ImageReaderSpi JPEG = new JPEGImageReaderSpi();

  static {
    // Nothing is to be cached in files, also where a reader opens streams of its own.
    ImageIO.setUseCache(false);
    IIORegistry.getDefaultInstance().registerServiceProvider(JPEG);
  }

  private ImageDecoder() {}

  /**
   * Decodes a file, turns it as its EXIF orientation says, and converts it.
   *
   * @param file the bytes of the file; not changed
   * @param conversion to the configured shape
   * @return bytes (C,H,W), 0 to 255
   * @throws UnreadableExampleException if the file is damaged, too large, or of another format
   */
  public static byte[] decode(byte[] file, ImageConversion conversion)
      throws UnreadableExampleException {
    if (file.length == 0) {
      throw new UnreadableExampleException("the file is empty");
    }
    ImageFormat format =
        ImageFormat.of(file).orElseThrow(() -> new UnreadableExampleException(noPicture(file)));
    try {
      refuseNested(format, file);
      BufferedImage image = read(format, file);
      Orientation orientation =
          format == ImageFormat.JPEG ? ExifOrientation.of(file) : Orientation.UPRIGHT;
      return conversion.ofSource(new RasterSource(image), orientation);
    } catch (IOException | RuntimeException e) {
      // Java's readers throw all kinds of runtime exceptions on damaged files.
      throw damaged(format, detail(e), e);
    }
  }

  private static String noPicture(byte[] file) {
    byte[] beginning = Arrays.copyOf(file, Math.min(file.length, FormatGuess.LENGTH));
    return "not a PNG, JPEG, GIF or BMP file"
        + FormatGuess.of(beginning)
            .map(format -> "; data.format = %s reads it".formatted(Keyword.of(format)))
            .orElse("");
  }

  /** The BMP reader would hand an inner file to another reader, past the check of dimensions. */
  private static void refuseNested(ImageFormat format, byte[] file)
      throws UnreadableExampleException {
    boolean hasCompression =
        format == ImageFormat.BMP
            && file.length > BMP_COMPRESSION
            && file[BMP_HEADER_SIZE] >= BMP_INFO_HEADER;
    int compression = hasCompression ? file[BMP_COMPRESSION] : 0;
    if (compression == BMP_EMBEDDED_JPEG || compression == BMP_EMBEDDED_PNG) {
      throw new UnreadableExampleException("a BMP file around a JPEG or PNG is not supported");
    }
  }

  private static BufferedImage read(ImageFormat format, byte[] file)
      throws IOException, UnreadableExampleException {
    ImageDemand demand = ImageDemand.of(format, file);
    ImageReader reader = reader(format);
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Warnings warnings = new Warnings();
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(stream, true, true);
      demand.check(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (warnings.damage.isPresent()) {
        throw damaged(format, warnings.damage.orElseThrow(), null);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** A fixed reader per format: which one ImageIO would choose depends on the class path. */
  private static ImageReader reader(ImageFormat format) throws IOException {
    return switch (format) {
      case JPEG -> JPEG.createReaderInstance(null);
      case PNG, GIF, BMP ->
          ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT)).next();
    };
  }

  private static String detail(Exception e) {
    return e.getMessage() == null || !(e instanceof IIOException)
        ? "it can't be decoded (" + e.getClass().getSimpleName() + ")"
        : e.getMessage().lines().findFirst().orElse("");
  }

  private static UnreadableExampleException damaged(
      ImageFormat format, String detail, Exception cause) {
    return new UnreadableExampleException("damaged %s: %s".formatted(format, detail), cause);
  }

  /** Remembers the first warning that tells of missing or damaged pixels. */
  private static final class Warnings implements IIOReadWarningListener {
    private Optional<String> damage = Optional.empty();

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      String lower = warning.toLowerCase(Locale.ROOT);
      boolean serious =
          lower.contains("corrupt") || lower.contains("premature") || lower.contains("truncated");
      if (damage.isEmpty() && serious) {
        damage = Optional.of(warning);
      }
    }
  }
}
