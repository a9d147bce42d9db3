package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossSumsTest {
  private static LossSums of(double loss, double kl, int count) {
    LossSums sums = new LossSums();
    sums.add(Map.of("loss", loss, "kl", kl), count);
    return sums;
  }

  @Test
  void nothingAddedHasNoMeans() {
    assertThat(new LossSums().means()).isEmpty();
    assertThat(new LossSums().examples()).isZero();
  }

  @Test
  void batchesWeighByTheirExamples() {
    LossSums sums = of(2, 1, 4);
    sums.add(Map.of("loss", 7.0, "kl", 0.0), 1);

    assertThat(sums.examples()).isEqualTo(5);
    // (4 * 2 + 1 * 7) / 5 and (4 * 1 + 1 * 0) / 5.
    assertThat(sums.means()).containsExactly(entry("kl", 0.8), entry("loss", 3.0));
  }

  @Test
  void emptyPlusSomethingIsSomething() {
    LossSums left = new LossSums();
    left.merge(of(2, 1, 4));
    LossSums right = of(2, 1, 4);
    right.merge(new LossSums());

    for (LossSums sums : new LossSums[] {left, right}) {
      assertThat(sums.examples()).isEqualTo(4);
      assertThat(sums.means()).containsExactly(entry("kl", 1.0), entry("loss", 2.0));
    }
  }

  @Test
  void mergedPartsEqualTheWhole() {
    LossSums whole = of(2, 1, 4);
    whole.add(Map.of("loss", 7.0, "kl", 0.5), 2);
    whole.add(Map.of("loss", -3.0, "kl", 0.25), 10);
    LossSums merged = of(2, 1, 4);
    merged.merge(of(7, 0.5, 2));
    merged.merge(of(-3, 0.25, 10));

    assertThat(merged.examples()).isEqualTo(16);
    assertThat(merged.means()).isEqualTo(whole.means());
    // (8 + 14 - 30) / 16 and (4 + 1 + 2.5) / 16.
    assertThat(merged.means()).containsExactly(entry("kl", 0.46875), entry("loss", -0.5));
  }

  @Test
  void mergingLeavesTheOtherPartAlone() {
    LossSums part = of(7, 0.5, 2);
    of(2, 1, 4).merge(part);

    assertThat(part.examples()).isEqualTo(2);
    assertThat(part.means()).containsExactly(entry("kl", 0.5), entry("loss", 7.0));
  }

  @Test
  void aLossThatIsNoNumberIsNotHidden() {
    LossSums sums = of(Double.NaN, 1, 4);
    sums.merge(of(2, 1, 4));

    assertThat(sums.means().get("loss")).isNaN();
    assertThat(sums.means()).containsEntry("kl", 1.0);
  }

  @Test
  void travels() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(of(2, 1, 4));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      LossSums read = (LossSums) in.readObject();
      assertThat(read.examples()).isEqualTo(4);
      assertThat(read.means()).containsExactly(entry("kl", 1.0), entry("loss", 2.0));
    }
  }
}
