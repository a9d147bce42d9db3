package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.data.ExampleBlock;

class OneHotTest {
  private static final INDArray ROWS =
      Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});

  @Test
  void standsBehindTheRows() {
    INDArray appended = OneHot.append(ROWS, new int[] {2, 0}, 3);

    assertThat(appended.ordering()).isEqualTo('c');
    assertThat(appended.toFloatMatrix())
        .isDeepEqualTo(
            new float[][] {{1, 2, 0, 0, 1}, {3, 4, 1, 0, 0}, {5, 6, 0, 0, 1}, {7, 8, 1, 0, 0}});
    assertThat(OneHot.append(new float[] {1, 2, 3, 4}, 2, 2, row -> 1 - row))
        .containsExactly(1, 2, 0, 1, 3, 4, 1, 0);
  }

  @Test
  void withoutClassesNothingIsAppended() {
    float[] rows = {1, 2};

    assertThat(OneHot.append(ROWS, new int[4], 0)).isSameAs(ROWS);
    assertThat(OneHot.append(rows, 2, 0, row -> 0)).isSameAs(rows);
  }

  @Test
  void samplesAreOfAllClassesInTurn() {
    assertThat(OneHot.classOf(0, 3)).isZero();
    assertThat(OneHot.classOf(5, 3)).isEqualTo(2);
    assertThat(OneHot.classOf(3_000_000_001L, 10)).isEqualTo(1);
  }

  @Test
  void refusesALabelThatIsNoClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OneHot.append(ROWS, new int[] {0, 3}, 3))
        .withMessage("label 3 is not a class: there are 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OneHot.append(ROWS, new int[] {ExampleBlock.NO_LABEL}, 3))
        .withMessage("label -1 is not a class: there are 0 to 2");
  }
}
