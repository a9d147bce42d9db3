package org.sparkgen.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.fuzz.FuzzTarget;
import org.sparkgen.fuzz.FuzzTarget.Verdict;

/** Fuzz targets: pictures, a target for each format. */
public final class PictureFuzz {
  private static final int LARGEST_SEED = 2048;
  private static final int SIGNATURE = 8;
  private static final int CHUNK_OVERHEAD = 12;

  private static final ImageConversion TINY =
      new ImageConversion(new ImageConfig(4, 4, 4, ImageConfig.Fit.PAD));

  private PictureFuzz() {}

  /** All of them. */
  public static List<FuzzTarget> targets() {
    return Arrays.stream(ImageFormat.values()).map(PictureFuzz::target).toList();
  }

  private static FuzzTarget target(ImageFormat format) {
    List<byte[]> seeds =
        PictureKinds.all().stream()
            .map(InputKind::content)
            .filter(content -> ImageFormat.of(content).equals(Optional.of(format)))
            .filter(content -> content.length <= LARGEST_SEED)
            .toList();
    UnaryOperator<byte[]> repair =
        format == ImageFormat.PNG ? PictureFuzz::withChecksums : UnaryOperator.identity();
    return new FuzzTarget(
        format.name().toLowerCase(java.util.Locale.ROOT), seeds, repair, PictureFuzz::read);
  }

  private static Verdict read(byte[] input) {
    try {
      int length = ImageDecoder.decode(input, TINY).length;
      if (length != 64) {
        throw new IllegalStateException("a picture of " + length + " bytes");
      }
      return Verdict.READ;
    } catch (UnreadableExampleException e) {
      return Verdict.REFUSED;
    }
  }

  /** A PNG file whose chunks have the checksums of what is in them, as far as there are chunks. */
  private static byte[] withChecksums(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = SIGNATURE;
    while (png.length - at >= CHUNK_OVERHEAD) {
      int length = bytes.getInt(at);
      if (length < 0 || length > png.length - at - CHUNK_OVERHEAD) {
        break;
      }
      CRC32 checksum = new CRC32();
      checksum.update(png, at + 4, 4 + length);
      bytes.putInt(at + 8 + length, (int) checksum.getValue());
      at += CHUNK_OVERHEAD + length;
    }
    return png;
  }
}
