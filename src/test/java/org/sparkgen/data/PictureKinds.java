package org.sparkgen.data;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Good and bad files of a folder of pictures. A line is a kind. */
public final class PictureKinds {
  private static final List<String> FORMATS = List.of("png", "jpeg", "gif", "bmp");
  private static final int[] QUARTERS = {40, 90, 160, 220};
  private static final int[] WHITE = {255, 255, 255, 255};
  private static final int SIDE = 16;

  private final List<InputKind> kinds = new ArrayList<>();
  private final BufferedImage quarters = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
  private final BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);

  private PictureKinds() {
    paint();
    addOfEveryFormat();
    addGoodPng();
    addGoodJpeg();
    addGoodGifAndBmp();
    addNoPictures();
    addBadPng();
    addBadJpeg();
    addBadGifAndBmp();
  }

  /** All of them, under names that differ. */
  public static List<InputKind> all() {
    return List.copyOf(new PictureKinds().kinds);
  }

  /** Four squares of grey. */
  private void paint() {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int value = QUARTERS[y * 2 / SIDE * 2 + x * 2 / SIDE];
        grey.getRaster().setSample(x, y, 0, value);
        quarters.setRGB(x, y, value * 0x010101);
      }
    }
  }

  private void good(String name, byte[] content, int... pixels) {
    kinds.add(InputKind.accepted("good/" + name, content, pixels));
  }

  private void bad(String name, byte[] content, String reason) {
    kinds.add(InputKind.refused("bad/" + name, content, reason));
  }

  private void addOfEveryFormat() {
    for (String format : FORMATS) {
      byte[] file = Pictures.file(quarters, format);
      good("whole." + format, file, QUARTERS);
      good("one-pixel." + format, Pictures.file(Pictures.plain(1, 1, 0xFFFFFF), format), WHITE);
      good("line." + format, Pictures.file(Pictures.plain(300, 1, 0xFFFFFF), format), WHITE);
      good("tall." + format, Pictures.file(Pictures.plain(3, 301, 0xFFFFFF), format), WHITE);
      good("no ending of " + format, file, QUARTERS);
      good("more-after-its-end." + format, Arrays.copyOf(file, file.length + 99), QUARTERS);
      String damaged = "damaged " + format.toUpperCase(Locale.ROOT);
      for (int tenth = 1; tenth < 10; tenth++) {
        byte[] cut = Arrays.copyOf(file, file.length * tenth / 10);
        bad("cut-at-" + tenth + "-tenths." + format, cut, damaged);
      }
      bad("only-magic." + format, Arrays.copyOf(file, 8), "");
      bad("only-half-a-header." + format, Arrays.copyOf(file, 20), "");
    }
  }

  private void addGoodPng() {
    byte[] png = Pictures.file(quarters, "png");
    good("grey.png", Pictures.file(grey, "png"), QUARTERS);
    good(
        "grey-of-16-bits.png",
        Pictures.file(
            Pictures.grey(
                BufferedImage.TYPE_USHORT_GRAY, 2, 40 * 257, 90 * 257, 160 * 257, 220 * 257),
            "png"),
        QUARTERS);
    good(
        "colour-of-16-bits.png",
        Pictures.file(Pictures.rgb16(1, 65_535, 65_535, 65_535), "png"),
        WHITE);
    good("palette.png", Pictures.file(Pictures.palette(2, 0, 1, 2, 3), "png"), 76, 150, 29, 0);
    good(
        "black-and-white.png",
        Pictures.file(Pictures.grey(BufferedImage.TYPE_BYTE_BINARY, 2, 0, 1, 1, 0), "png"),
        0,
        255,
        255,
        0);
    good(
        "alpha.png",
        Pictures.file(Pictures.argb(2, 0xFFFFFFFF, 0x80FFFFFF, 0x00FFFFFF, 0xFF000000), "png"),
        255,
        128,
        0,
        0);
    good("interlaced.png", Pictures.interlacedPng(quarters), QUARTERS);
    good("unknown-chunk.png", Pictures.withPngChunk(png, "spGn", new byte[40]), QUARTERS);
    byte[] bomb = Pictures.deflate(new byte[10_000_000]);
    good(
        "bomb-in-a-text.png",
        Pictures.withPngChunk(png, "zTXt", Pictures.insert(new byte[] {'a', 0, 0}, 3, bomb)),
        QUARTERS);
    good(
        "bomb-in-a-profile.png",
        Pictures.withPngChunk(png, "iCCP", Pictures.insert(new byte[] {'a', 0, 0}, 3, bomb)),
        QUARTERS);
    good(
        "bomb-behind-its-pixels.png",
        Pictures.pngOfData(2, 2, 8, 0, new byte[10_000_000]),
        0,
        0,
        0,
        0);
  }

  private void addGoodJpeg() {
    byte[] jpeg = Pictures.file(quarters, "jpeg");
    good("grey.jpg", Pictures.file(grey, "jpeg"), QUARTERS);
    good("progressive.jpg", Pictures.progressiveJpeg(quarters), QUARTERS);
    good("cmyk.jpg", Pictures.cmykJpeg(255, 255, 255, 255), WHITE);
    good("ycck.jpg", Pictures.ycckJpeg(0, 128, 128, 255), WHITE);
    int[][] turned = {
      {0, 1, 2, 3}, {1, 0, 3, 2}, {3, 2, 1, 0}, {2, 3, 0, 1},
      {0, 2, 1, 3}, {2, 0, 3, 1}, {3, 1, 2, 0}, {1, 3, 0, 2},
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
      good(
          "exif-orientation-" + orientation + ".jpg",
          Pictures.withOrientation(jpeg, orientation, orientation % 2 == 0),
          Arrays.stream(turned[orientation - 1]).map(i -> QUARTERS[i]).toArray());
    }
    byte[] exif = Pictures.withOrientation(jpeg, 6, true);
    good("exif-of-nonsense.jpg", Bytes.with(exif, 2 + 4 + 6 + 4, 0x7F), QUARTERS);
    // As cameras for video write them: the standard's tables are meant.
    good("no-huffman-tables.jpg", Pictures.withoutSegments(jpeg, 0xC4), QUARTERS);
    good("comment.jpg", Pictures.insert(jpeg, 2, new byte[] {-1, -2, 0, 4, 1, 2}), QUARTERS);
  }

  private void addGoodGifAndBmp() {
    good("animated.gif", Pictures.animatedGif(quarters, Pictures.plain(SIDE, SIDE, 0)), QUARTERS);
    good("of-1987.gif", Bytes.with(Pictures.file(quarters, "gif"), 4, '7'), QUARTERS);
    good("palette.bmp", Pictures.file(grey, "bmp"), QUARTERS);
    good(
        "black-and-white.bmp",
        Pictures.file(Pictures.grey(BufferedImage.TYPE_BYTE_BINARY, 2, 0, 1, 1, 0), "bmp"),
        0,
        255,
        255,
        0);
    good("run-lengths.bmp", Pictures.runLengthBmp(2, 2, 2, 1, 0, 0, 2, 0, 0, 1), 0, 0, 255, 255);
  }

  private void addNoPictures() {
    byte[] png = Pictures.file(quarters, "png");
    String no = "not a PNG, JPEG, GIF or BMP file";
    bad("empty.png", new byte[0], "the file is empty");
    bad("one-byte.png", new byte[1], no);
    bad("zeros.png", new byte[4096], no);
    bad("text.png", "not a picture".getBytes(StandardCharsets.UTF_8), no);
    bad("page.html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8), no);
    bad(
        "picture.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8),
        no);
    bad("picture.webp", "RIFF\u0010\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1), no);
    bad("picture.tiff", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0}, no);
    bad("compressed.png.gz", Pictures.gzip(png), no);
    bad("byte-order-mark.png", Pictures.insert(png, 0, new byte[] {-17, -69, -65}), no);
    bad("line-ends-changed.png", Bytes.without(png, 4), no);
    bad("idx.png", IdxImages.noise(1, 2, 4, 4), no);
  }

  private void addBadPng() {
    byte[] png = Pictures.file(quarters, "png");
    String checksum = "damaged PNG: wrong checksum of the ";
    bad("checksum-of-pixels.png", Bytes.flipped(png, png.length - 20), checksum + "IDAT");
    bad("checksum-of-header.png", Bytes.flipped(png, 18), checksum + "IHDR");
    bad("checksum-of-end.png", Bytes.flipped(png, png.length - 1), checksum + "IEND");
    bad("no-end.png", Arrays.copyOf(png, png.length - 12), "ends before its IEND chunk");
    bad("chunk-of-negative-length.png", Bytes.with(png, 33, 0xFF), "ends before its IEND chunk");
    bad("only-header.png", Pictures.pngHeader(4, 4), "more than its bytes can hold");
    bad("gigapixels.png", Pictures.pngHeader(60_000, 60_000), "60,000 x 60,000 pixels; at most");
    bad("long.png", Pictures.pngHeader(Integer.MAX_VALUE, 1), "pixels; at most");
    bad(
        "in-bounds-but-not-there.png",
        Pictures.pngHeader(8000, 8000),
        "more than its bytes can hold");
    bad("no-width.png", Pictures.pngOfData(0, 4, 8, 0, new byte[9]), "damaged PNG");
    bad("no-height.png", Pictures.pngOfData(4, 0, 8, 0, new byte[9]), "damaged PNG");
    bad("negative.png", Pictures.pngOfData(-4, -4, 8, 0, new byte[99]), "damaged PNG");
    bad("depth-of-3.png", Pictures.pngOfData(4, 4, 3, 0, new byte[99]), "damaged PNG");
    bad("colour-type-of-5.png", Pictures.pngOfData(4, 4, 8, 5, new byte[99]), "damaged PNG");
    bad("palette-missing.png", Pictures.pngOfData(4, 4, 8, 3, new byte[99]), "damaged PNG");
    bad("too-few-pixels.png", Pictures.pngOfData(64, 64, 8, 0, new byte[999]), "damaged PNG");
    bad(
        "too-many-mebibytes.png",
        Pictures.pngOfData(8000, 8000, 16, 6, new byte[1000]),
        "pixels of 64 bits, 488 MiB; at most 256 MiB are decoded");
  }

  private void addBadJpeg() {
    byte[] jpeg = Pictures.file(quarters, "jpeg");
    int frame = Bytes.find(jpeg, 0xFF, 0xC0);
    bad("no-end.jpg", Arrays.copyOf(jpeg, jpeg.length - 2), "damaged JPEG");
    bad("no-pixels.jpg", new byte[] {-1, -40, -1, -39}, "damaged JPEG");
    bad(
        "gigapixels.jpg",
        Bytes.filled(jpeg, frame + 5, frame + 9, 0xFF),
        "65,535 x 65,535 pixels; at most");
    bad(
        "in-bounds-but-not-there.jpg",
        Bytes.filled(jpeg, frame + 5, frame + 9, 0x1F),
        "more than its bytes can hold");
    bad("no-height.jpg", Bytes.filled(jpeg, frame + 5, frame + 7, 0), "");
    bad("no-width.jpg", Bytes.filled(jpeg, frame + 7, frame + 9, 0), "");
    bad("arithmetic-coding.jpg", Bytes.with(jpeg, frame + 1, 0xC9), "arithmetic coding is not");
    bad("no-quantization-tables.jpg", Pictures.withoutSegments(jpeg, 0xDB), "damaged JPEG");
    bad("no-frame.jpg", Pictures.withoutSegments(jpeg, 0xC0), "damaged JPEG");
    bad(
        "thousand-scans.jpg",
        Pictures.manyScans(Pictures.progressiveJpeg(quarters), 1000),
        "more than 100 scans");
  }

  private void addBadGifAndBmp() {
    byte[] gif = Pictures.file(quarters, "gif");
    int descriptor = Bytes.find(gif, ',', 0, 0, 0, 0);
    bad(
        "gigapixels.gif",
        Bytes.filled(gif, descriptor + 5, descriptor + 9, 0xFF),
        "65,535 x 65,535 pixels; at most");
    bad(
        "in-bounds-but-not-there.gif",
        Bytes.filled(gif, descriptor + 5, descriptor + 9, 0x1F),
        "more than its bytes can hold");
    bad("no-width.gif", Bytes.filled(gif, descriptor + 5, descriptor + 7, 0), "");
    bad(
        "no-pictures.gif",
        Bytes.with(Arrays.copyOf(gif, descriptor + 1), descriptor, ';'),
        "damaged GIF");
    byte[] bmp = Pictures.file(quarters, "bmp");
    bad("gigapixels.bmp", Bytes.with(Bytes.with(bmp, 20, 1), 24, 1), "damaged BMP");
    bad("in-bounds-but-not-there.bmp", Bytes.with(Bytes.with(bmp, 19, 31), 23, 31), "damaged BMP");
    bad("no-width.bmp", Bytes.with(bmp, 18, 0), "");
    bad("negative-width.bmp", Bytes.filled(bmp, 18, 22, 0xFF), "");
    bad("lowest-height.bmp", Bytes.with(Bytes.with(bmp, 22, 0), 25, 0x80), "");
    bad("depth-of-5.bmp", Bytes.with(bmp, 28, 5), "damaged BMP");
    bad(
        "around-a-png.bmp",
        Bytes.with(bmp, 30, 5),
        "a BMP file around a JPEG or PNG is not supported");
    bad(
        "around-a-jpeg.bmp",
        Bytes.with(bmp, 30, 4),
        "a BMP file around a JPEG or PNG is not supported");
    bad("unknown-header.bmp", Bytes.with(bmp, 14, 33), "damaged BMP");
  }
}
