package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatentMapTest {
  private static LatentMap.Point point(double x, int label) {
    return new LatentMap.Point(x, 2, label);
  }

  @Test
  void examplesAtOnePlaceLieInTheMiddle() {
    String map = new LatentMap(List.of(point(7, 0), point(7, 0)), List.of("cat"), "codes").svg();

    assertThat(map).contains("d=\"M320.0 320.0h0M320.0 320.0h0\"");
  }

  @Test
  void theFileStandsByItselfAndThePartOfAPageNamesNoNamespace() {
    LatentMap map = new LatentMap(List.of(point(0, 0), point(1, 1)), List.of("a<b"), "codes & co");

    assertThat(map.svg())
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=")
        .contains("fill=\"#fff\"", ">a&lt;b</text>", ">1</text>", "codes &amp; co");
    assertThat(map.inline())
        .startsWith("<svg viewBox=")
        .contains(">a&lt;b</text>")
        .doesNotContain("http", "fill=\"#fff\"");
  }

  @Test
  void tenAndMoreClassesHaveColoursOfTheirOwn() {
    for (int classes : new int[] {10, 20}) {
      List<LatentMap.Point> points =
          IntStream.range(0, classes).mapToObj(i -> point(i, i)).toList();
      String map = new LatentMap(points, List.of(), "codes").svg();

      assertThat(map.lines().filter(line -> line.contains("stroke=\"")))
          .hasSize(classes)
          .extracting(line -> line.substring(0, line.indexOf(" stroke-width")))
          .doesNotHaveDuplicates();
    }
  }
}
