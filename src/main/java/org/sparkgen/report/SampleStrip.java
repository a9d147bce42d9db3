package org.sparkgen.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.ImageShape;

/**
 * How the first samples came about: the top rows of the sample grids of several rounds, one below
 * the other. All rounds draw from the same noise, so a column is one sample as training goes on.
 */
public final class SampleStrip {
  private static final int FEWEST_ROUNDS = 2;

  private SampleStrip() {}

  /**
   * The strip, a round a row; empty for fewer than two rounds.
   *
   * @param grids as {@link ImageGrid#grid} and {@link ImageGrid#square} draw them at the readable
   *     scale, of one run, in ascending order of rounds; what can't be read is left out
   * @param shape of one sample
   */
  public static Optional<LabelledGrid> of(List<GridPicture> grids, ImageShape shape) {
    int height = shape.height() * ImageGrid.readableScale(shape) + ImageGrid.GAP;
    List<BufferedImage> tops = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (GridPicture grid : grids) {
      Optional<BufferedImage> image = grid.picture().read().filter(i -> i.getHeight() > height);
      if (image.isPresent()) {
        tops.add(image.get().getSubimage(0, 0, image.get().getWidth(), height));
        names.add("round " + Format.count(grid.round()));
      }
    }
    return tops.size() < FEWEST_ROUNDS
        ? Optional.empty()
        : Optional.of(new LabelledGrid(Png.encode(stacked(tops, height)), names, List.of()));
  }

  private static BufferedImage stacked(List<BufferedImage> tops, int height) {
    int type = tops.get(tops.size() - 1).getType();
    int width = tops.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    BufferedImage strip =
        new BufferedImage(
            width,
            height * tops.size(),
            type == BufferedImage.TYPE_CUSTOM ? BufferedImage.TYPE_3BYTE_BGR : type);
    Graphics2D graphics = strip.createGraphics();
    for (int i = 0; i < tops.size(); i++) {
      graphics.drawImage(tops.get(i), 0, i * height, null);
    }
    graphics.dispose();
    return strip;
  }
}
