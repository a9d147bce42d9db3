package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  // Worked out with another program from the formulas in the documentation.
  void valuesNeverChangeBetweenReleases() {
    assertThat(Seeds.shuffle(42, 0, 0)).isEqualTo(2364304530953291327L);
    assertThat(Seeds.noise(42, 7, 3)).isEqualTo(-5991978409970265539L);
    assertThat(Seeds.binarization(42, 7, 3)).isEqualTo(7039614276633873441L);
    assertThat(Seeds.weights(42, "encoder")).isEqualTo(3393145467134047414L);
    assertThat(Seeds.samples(-1, "grid", 2)).isEqualTo(7355697737915646028L);
  }

  @Test
  void noTwoPlacesOfAGridShareASeed() {
    Set<Long> seen = new HashSet<>();
    int places = 0;
    for (long runSeed : new long[] {0, 1, 42, Long.MIN_VALUE}) {
      for (int time = 0; time < 100; time++) {
        for (int shard = 0; shard < 100; shard++) {
          seen.add(Seeds.shuffle(runSeed, time, shard));
          seen.add(Seeds.noise(runSeed, time, shard));
          seen.add(Seeds.binarization(runSeed, time, shard));
          places += 3;
        }
        seen.add(Seeds.weights(runSeed, "net" + time));
        seen.add(Seeds.samples(runSeed, "grid", time));
        places += 2;
      }
    }

    assertThat(seen).hasSize(places);
  }

  @Test
  void neighboursDifferInAboutHalfOfTheirBits() {
    int bits = 0;
    for (int shard = 0; shard < 1000; shard++) {
      bits += Long.bitCount(Seeds.noise(42, 0, shard) ^ Seeds.noise(42, 0, shard + 1));
    }

    assertThat(bits / 1000.0).isBetween(31.0, 33.0);
  }
}
