package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageShape;
import org.sparkgen.report.Losses.Point;

class ThinningTest {
  @Test
  void shortCurvesStayAsTheyAre() {
    List<Point> points = List.of(new Point(1, 3), new Point(2, 2), new Point(3, 1));

    assertThat(Thinning.curve(points, 4)).isEqualTo(points);
  }

  @Test
  void longCurvesKeepEndsSpikesAndOrder() {
    List<Point> points = new ArrayList<>();
    for (int round = 1; round <= 5_000; round++) {
      points.add(new Point(round, Math.sin(round / 300.0)));
    }
    points.set(2_345, new Point(2_346, 99));
    points.set(3_456, new Point(3_457, -99));

    List<Point> thinned = Thinning.curve(points, 400);

    assertThat(thinned)
        .hasSizeBetween(300, 400)
        .contains(points.get(2_345), points.get(3_456))
        .startsWith(points.get(0))
        .endsWith(points.get(4_999))
        .isSortedAccordingTo(Comparator.comparingInt(Point::round))
        .doesNotHaveDuplicates();
  }

  @Test
  void evenThinningKeepsBothEnds() {
    List<Integer> all = IntStream.rangeClosed(1, 60).boxed().toList();

    assertThat(Thinning.evenly(all, 12)).hasSize(12).startsWith(1).endsWith(60).isSorted();
    assertThat(Thinning.evenly(all, 1)).containsExactly(60);
    assertThat(Thinning.evenly(all, 100)).isEqualTo(all);
  }

  @Test
  void largePicturesAreThinnedFurther() {
    byte[] noise = new byte[700 * 700];
    new Random(1).nextBytes(noise);
    Png large = ImageGrid.square(Pictures.of(new ImageShape(1, 700, 700), noise));
    List<GridPicture> pictures =
        IntStream.rangeClosed(1, 12).mapToObj(i -> new GridPicture(i, large)).toList();

    List<Evolution.Shown> thinned = Evolution.thin(pictures);

    assertThat(thinned.stream().mapToInt(p -> p.picture().size()).sum()).isLessThan(1_400_000);
    assertThat(thinned)
        .as("of noise, which can hardly be compressed")
        .hasSizeGreaterThanOrEqualTo(4)
        .extracting(Evolution.Shown::round)
        .startsWith(1)
        .endsWith(12);
  }
}
