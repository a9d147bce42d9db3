package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  /** The numbers that the published reference implementation gives for this seed. */
  @Test
  void agreesWithTheReference() {
    SplitMix64 random = new SplitMix64(1234567);

    assertThat(new long[] {random.next(), random.next(), random.next()})
        .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
  }

  @Test
  void drawsEveryNumberBelowTheBoundAboutEquallyOften() {
    SplitMix64 random = new SplitMix64(1);
    int[] counts = new int[3];
    for (int i = 0; i < 30_000; i++) {
      counts[random.below(3)]++;
    }

    assertThat(Arrays.stream(counts)).allSatisfy(n -> assertThat(n).isBetween(9_700, 10_300));
  }

  @Test
  void permutesWithoutLossAndByTheSeedAlone() {
    int[] first = new int[1000];
    int[] second = new int[1000];
    int[] other = new int[1000];
    new SplitMix64(7).permute(first);
    new SplitMix64(7).permute(second);
    new SplitMix64(8).permute(other);

    assertThat(first).isEqualTo(second).isNotEqualTo(other);
    assertThat(IntStream.of(first).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }
}
