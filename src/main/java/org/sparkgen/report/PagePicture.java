package org.sparkgen.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Optional;

/**
 * A picture as a page holds it: the PNG itself if it is small, and otherwise a JPEG of it, of fewer
 * pixels if need be. Equal pictures give equal bytes on the same Java version.
 */
final class PagePicture {
  private static final int MOST_PNG_BYTES = 200_000;
  private static final int MOST_BYTES = 300_000;
  private static final int MOST_SIDE = 1_200;
  private static final int FEWEST_PIXELS = 64;
  private static final double SHRINK = 0.7;
  private static final int QUALITY = 85;

  private final byte[] bytes;
  private final String type;
  private final int width;
  private final int height;

  private PagePicture(byte[] bytes, String type, int width, int height) {
    this.bytes = bytes;
    this.type = type;
    this.width = width;
    this.height = height;
  }

  /** The picture in at most 300 kB; empty if it is larger and can't be read. */
  static Optional<PagePicture> of(Png png) {
    if (png.bytes().length <= MOST_PNG_BYTES) {
      return Optional.of(new PagePicture(png.bytes(), "png", png.width(), png.height()));
    }
    return png.read().map(PagePicture::compressed);
  }

  private static PagePicture compressed(BufferedImage image) {
    int side = Math.max(image.getWidth(), image.getHeight());
    double scale = Math.min(1, (double) MOST_SIDE / side);
    while (true) {
      BufferedImage smaller = scaled(image, scale);
      byte[] bytes = Jpeg.encode(smaller, QUALITY).bytes();
      if (bytes.length <= MOST_BYTES || side * scale < FEWEST_PIXELS) {
        return new PagePicture(bytes, "jpeg", smaller.getWidth(), smaller.getHeight());
      }
      scale *= SHRINK;
    }
  }

  private static BufferedImage scaled(BufferedImage image, double scale) {
    int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
    boolean grey = image.getRaster().getNumBands() == 1;
    BufferedImage target =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = target.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    return target;
  }

  /** Bytes before they are written as text. */
  int size() {
    return bytes.length;
  }

  /** The element, with a text for those who don't see it. */
  String html(String description) {
    return "<img src=\"data:image/%s;base64,%s\" width=\"%d\" height=\"%d\" alt=\"%s\">\n"
        .formatted(
            type,
            Base64.getEncoder().encodeToString(bytes),
            width,
            height,
            Html.escape(description));
  }
}
