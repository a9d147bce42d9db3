package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.PixelRange;
import org.sparkgen.nn.StepWorkspace;

class PixelsTest {
  @ParameterizedTest
  @EnumSource
  void everyByteComesBack(PixelRange range) {
    float[] values = new float[256];
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      values[i] = range.toModel(i);
      pixels[i] = (byte) i;
    }

    assertThat(Pixels.of(values, range)).containsExactly(pixels);
  }

  @Test
  void mapsTheEndsAndTheMiddle() {
    assertThat(Pixels.of(new float[] {0, 0.5f, 1}, PixelRange.UNIT))
        .containsExactly((byte) 0, (byte) 128, (byte) 255);
    assertThat(Pixels.of(new float[] {-1, 0, 1}, PixelRange.SIGNED))
        .containsExactly((byte) 0, (byte) 128, (byte) 255);
  }

  @Test
  void clipsValuesOutsideTheRange() {
    float[] values = {-3, 1.01f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e9f};
    byte[] ends = {0, (byte) 255, (byte) 255, 0, (byte) 255};

    assertThat(Pixels.of(values, PixelRange.UNIT)).containsExactly(ends);
    assertThat(Pixels.of(values, PixelRange.SIGNED)).containsExactly(ends);
  }

  @Test
  void readsNumbersInRowOrder() {
    INDArray array = Nd4j.arange(6).castTo(DataType.FLOAT);

    assertThat(Pixels.values(array.reshape(2, 3))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(Pixels.values(array.reshape(2, 3).dup('f'))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(Pixels.values(array.reshape(2, 3).transpose())).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void readsPartsOfAnArray() {
    INDArray array = Nd4j.createFromArray(0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).reshape(3, 2, 2);

    assertThat(Pixels.values(array.get(NDArrayIndex.interval(1, 3))))
        .containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(Pixels.values(array.get(NDArrayIndex.interval(0, 2))))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(Pixels.values(array.get(NDArrayIndex.all(), NDArrayIndex.point(1))))
        .containsExactly(2, 3, 6, 7, 10, 11);
    assertThat(Pixels.values(array.get(NDArrayIndex.point(2), NDArrayIndex.point(0))))
        .containsExactly(8, 9);
    assertThat(Pixels.values(array.permute(1, 0, 2)))
        .containsExactly(0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11);
  }

  @ParameterizedTest
  @EnumSource(names = {"DOUBLE", "HALF", "UBYTE"})
  void refusesNumbersThatItWouldMisread(DataType type) {
    INDArray array = Nd4j.ones(type, 2, 3);

    assertThatThrownBy(() -> Pixels.values(array))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float32 was expected, but found ");
  }

  @Test
  void copiesOutOfAWorkspace() {
    float[] values =
        StepWorkspace.compute(
            () -> {
              INDArray first = Nd4j.createFromArray(7f, 8, 9);
              INDArray second = first.mul(2);
              return Pixels.values(second.addi(first));
            });
    StepWorkspace.run(() -> Nd4j.createFromArray(1f, 1, 1).muli(3));

    assertThat(values).containsExactly(21, 24, 27);
  }
}
