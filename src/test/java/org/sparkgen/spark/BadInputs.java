package org.sparkgen.spark;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.data.Pictures;

/** A folder of good and bad picture files of every kind. */
final class BadInputs {
  private final Map<String, byte[]> good = new TreeMap<>();
  private final Map<String, byte[]> bad = new TreeMap<>();
  private final Map<String, byte[]> hidden = new TreeMap<>();

  BadInputs() {
    addGood();
    addBad();
    byte[] png = Pictures.file(Pictures.plain(4, 4, 0), "png");
    hidden.put("_SUCCESS", new byte[0]);
    hidden.put(".hidden.png", png);
    hidden.put("_temporary/0/part.png", png);
  }

  private void addGood() {
    BufferedImage image = Pictures.gradient(24, 18);
    for (String format : new String[] {"png", "jpeg", "gif", "bmp"}) {
      good.put("plain/" + format + "." + format, Pictures.file(image, format));
      good.put("plain/" + format + " without ending", Pictures.file(image, format));
      good.put("plain/1x1." + format, Pictures.file(Pictures.plain(1, 1, 0xFFFFFF), format));
      good.put("plain/line." + format, Pictures.file(Pictures.plain(300, 1, 0x808080), format));
    }
    good.put("kinds/progressive.jpg", Pictures.progressiveJpeg(image));
    good.put("kinds/cmyk.jpg", Pictures.cmykJpeg(10, 20, 30, 200));
    good.put("kinds/ycck.jpg", Pictures.ycckJpeg(100, 128, 128, 200));
    good.put(
        "kinds/grey16.png",
        Pictures.file(Pictures.grey(BufferedImage.TYPE_USHORT_GRAY, 2, 1, 2, 3, 65_535), "png"));
    good.put("kinds/rgb16.png", Pictures.file(Pictures.rgb16(1, 1, 2, 3), "png"));
    good.put("kinds/palette.png", Pictures.file(Pictures.palette(2, 0, 1, 2, 3), "png"));
    good.put("kinds/alpha.png", Pictures.file(Pictures.argb(1, 0x80FFFFFF), "png"));
    good.put("kinds/animated.gif", Pictures.animatedGif(image, image));
    for (int orientation = 1; orientation <= 8; orientation++) {
      good.put(
          "kinds/exif-" + orientation + ".jpg",
          Pictures.withOrientation(Pictures.file(image, "jpeg"), orientation, true));
    }
    byte[] png = Pictures.file(image, "png");
    good.put("names/with spaces.png", png);
    good.put("names/with\nnewline.png", png);
    good.put("names/Größe 図 \uD83D\uDE00.png", png);
    good.put("names/dots..png", png);
    good.put("names/dots../a.png", png);
    good.put("names/100%25 [a] {b} *?.png", png);
    good.put("names/a:b.png", png);
  }

  private void addBad() {
    BufferedImage image = Pictures.gradient(24, 18);
    for (String format : new String[] {"png", "jpeg", "gif", "bmp"}) {
      byte[] file = Pictures.file(image, format);
      for (int tenth = 1; tenth < 10; tenth++) {
        bad.put("cut/" + tenth + "." + format, Arrays.copyOf(file, file.length * tenth / 10));
      }
    }
    bad.put("bad/empty.png", new byte[0]);
    bad.put("bad/text.png", "not a picture".getBytes(StandardCharsets.UTF_8));
    bad.put("bad/notes.txt", "not a picture".getBytes(StandardCharsets.UTF_8));
    bad.put("bad/page.html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    bad.put("bad/archive.gz", Pictures.gzip(Pictures.file(image, "png")));
    byte[] png = Pictures.file(image, "png");
    png[png.length - 20] ^= 1;
    bad.put("bad/checksum.png", png);
    byte[] jpeg = Pictures.file(image, "jpeg");
    bad.put("bad/no-end.jpg", Arrays.copyOf(jpeg, jpeg.length - 2));
    bad.put("bad/gigapixels.png", Pictures.pngHeader(60_000, 60_000));
    bad.put("bad/long.png", Pictures.pngHeader(Integer.MAX_VALUE, 1));
    bad.put("bad/negative.png", Pictures.pngHeader(-1, -1));
    bad.put("bad/zero.png", Pictures.pngHeader(0, 0));
    bad.put("bad/only-header.png", Pictures.pngHeader(4, 4));
  }

  /** Files that can be read. */
  int good() {
    return good.size();
  }

  /** Files that can't. */
  int bad() {
    return bad.size();
  }

  /** Writes all of them, hidden ones too, and a link to the root below it. */
  void write(Path root) throws IOException {
    for (Map<String, byte[]> files : java.util.List.of(good, bad, hidden)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = root.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
      Files.createSymbolicLink(root.resolve("loop"), root);
    }
  }
}
