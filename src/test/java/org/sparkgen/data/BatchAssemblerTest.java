package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.VectorShape;

class BatchAssemblerTest {
  private static final ImageShape TWO_BY_ONE = new ImageShape(1, 2, 1);

  /** Example i has the pixels 10 i and 10 i + 1 and the label i. */
  private static ExampleBlock images(int from, int to) {
    byte[] pixels = new byte[2 * (to - from)];
    int[] labels = new int[to - from];
    long[] ids = new long[to - from];
    for (int i = from; i < to; i++) {
      pixels[2 * (i - from)] = (byte) (10 * i);
      pixels[2 * (i - from) + 1] = (byte) (10 * i + 1);
      labels[i - from] = i;
      ids[i - from] = i;
    }
    return ExampleBlock.ofImages(pixels, labels, ids);
  }

  private static BatchAssembler assembler(int batchSize) {
    return new BatchAssembler(
        List.of(images(0, 4), images(4, 4), images(4, 5), images(5, 25)),
        TWO_BY_ONE,
        PixelRange.UNIT,
        batchSize);
  }

  @Test
  void mapsBytesToTheModelsRangeInTheOrderOfTheBlocks() {
    Batch batch = assembler(4).batch(1);

    assertThat(batch.size()).isEqualTo(4);
    assertThat(batch.labels()).containsExactly(4, 5, 6, 7);
    assertThat(batch.examples().shape()).containsExactly(4, 1, 2, 1);
    assertThat(batch.examples().ordering()).isEqualTo('c');
    assertThat(batch.examples().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(batch.examples().data().asFloat())
        .containsExactly(
            40 / 255f, 41 / 255f, 50 / 255f, 51 / 255f, 60 / 255f, 61 / 255f, 70 / 255f, 71 / 255f);
  }

  @ParameterizedTest
  @EnumSource(PixelRange.class)
  void givesEveryPixelTheRangesExactValue(PixelRange range) {
    byte[] pixels = new byte[256];
    float[] expected = new float[256];
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      pixels[pixel] = (byte) pixel;
      expected[pixel] = range.toModel(pixel);
    }
    ExampleBlock block = ExampleBlock.ofImages(pixels, new int[2], new long[2]);

    Batch batch = new BatchAssembler(List.of(block), new ImageShape(1, 16, 8), range, 2).batch(0);

    assertThat(batch.examples().data().asFloat()).containsExactly(expected);
  }

  @Test
  void givesTheLastBatchItsOwnSize() {
    BatchAssembler assembler = assembler(10);

    assertThat(assembler.batchCount()).isEqualTo(3);
    assertThat(assembler.exampleCount()).isEqualTo(25);
    assertThat(assembler.batch(2).size()).isEqualTo(5);
    assertThat(assembler.batch(2).examples().shape()).containsExactly(5, 1, 2, 1);
    assertThat(assembler.batch(2).labels()).containsExactly(20, 21, 22, 23, 24);
  }

  @Test
  void reusesItsArrays() {
    BatchAssembler assembler = assembler(10);
    INDArray first = assembler.batch(0).examples();

    assertThat(assembler.batch(1).examples()).isSameAs(first);
    assertThat(assembler.batch(2).examples()).isNotSameAs(first);
    assertThat(first.getFloat(0)).isEqualTo(100 / 255f);
  }

  @Test
  void keepsItsArraysWhenAWorkspaceIsClosed() {
    BatchAssembler assembler = assembler(10);
    try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("w")) {
      assertThat(workspace).isNotNull();
      assertThat(assembler.batch(0).examples().isAttached()).isFalse();
    }
  }

  @Test
  void shufflesEveryExampleIntoExactlyOneBatch() {
    BatchAssembler assembler = assembler(10);
    assembler.order(3);
    List<Integer> labels = new ArrayList<>();
    for (int b = 0; b < assembler.batchCount(); b++) {
      Batch batch = assembler.batch(b);
      for (int i = 0; i < batch.size(); i++) {
        labels.add(batch.labels()[i]);
        assertThat(Math.round(batch.examples().getFloat(i, 0, 0, 0) * 255f))
            .isEqualTo((10 * batch.labels()[i]) & 0xFF);
      }
    }

    assertThat(new TreeSet<>(labels)).hasSize(25);
    assertThat(labels).hasSize(25).isNotEqualTo(labels.stream().sorted().toList());
  }

  @Test
  void shufflesByTheSeedAloneWhateverTheOrderWasBefore() {
    BatchAssembler assembler = assembler(25);
    assembler.order(3);
    int[] first = assembler.batch(0).labels().clone();
    assembler.order(4);
    assertThat(assembler.batch(0).labels()).isNotEqualTo(first);
    assembler.order(3);

    assertThat(assembler.batch(0).labels()).isEqualTo(first);
  }

  @Test
  void takesNumericRowsAsTheyAre() {
    ExampleBlock block =
        ExampleBlock.ofRows(
            new float[] {-3f, 0.5f, 1000f, 2f}, new int[] {-1, -1}, new long[] {1, 2});

    Batch batch =
        new BatchAssembler(List.of(block), new VectorShape(2), PixelRange.SIGNED, 8).batch(0);

    assertThat(batch.examples().shape()).containsExactly(2, 2);
    assertThat(batch.examples().data().asFloat()).containsExactly(-3f, 0.5f, 1000f, 2f);
  }

  @Test
  void hasNoBatchWithoutExamples() {
    BatchAssembler assembler = new BatchAssembler(List.of(), TWO_BY_ONE, PixelRange.UNIT, 128);

    assertThat(assembler.batchCount()).isZero();
    assertThatThrownBy(() -> assembler.batch(0)).hasMessage("batch 0 of 0");
  }

  @Test
  void refusesABlockOfAnotherShape() {
    assertThatThrownBy(
            () ->
                new BatchAssembler(
                    List.of(images(0, 3)), new ImageShape(3, 2, 1), PixelRange.UNIT, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a block of 3 examples of")
        .hasMessageContaining("needs 18 numbers, but has 6");
  }
}
