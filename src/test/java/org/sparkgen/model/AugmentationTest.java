package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.AugmentationConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.PixelRange;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.nn.Numbers;

class AugmentationTest {
  private static final ImageShape COLOURED = new ImageShape(3, 16, 8);
  private static final int COUNT = 200;

  static Stream<AugmentationConfig> policies() {
    return Stream.of(
        new AugmentationConfig(true, false, false),
        new AugmentationConfig(false, true, false),
        new AugmentationConfig(false, false, true),
        new AugmentationConfig(true, true, true));
  }

  private static Augmentation draw(AugmentationConfig config, int count, long seed) {
    return Augmentation.draw(config, COLOURED, PixelRange.SIGNED, count, new SplitMix64(seed));
  }

  private static INDArray images(DataType type, int count) {
    return Nd4j.rand(type, COLOURED.batchOf(count)).muli(2).subi(1);
  }

  /** A linear map and its adjoint: {@code <A x - A 0, e> = <x, A' e>}. */
  @ParameterizedTest
  @MethodSource("policies")
  void errorsFlowBackByTheAdjoint(AugmentationConfig config) {
    Augmentation augmentation = draw(config, COUNT, 5);
    INDArray x = images(DataType.DOUBLE, COUNT);
    INDArray error = Nd4j.randn(DataType.DOUBLE, COLOURED.batchOf(COUNT));
    INDArray linear = augmentation.apply(x).sub(augmentation.apply(x.like()));

    double forwards = linear.mul(error).sumNumber().doubleValue();
    double backwards = x.mul(augmentation.backward(error)).sumNumber().doubleValue();

    assertThat(backwards).isEqualTo(forwards, within(1e-9 * Math.abs(forwards)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theDrawDependsOnTheSeedOnlyAndShapesStay(AugmentationConfig config) {
    INDArray flat = images(DataType.FLOAT, COUNT).reshape(COUNT, COLOURED.size());
    INDArray kept = flat.dup();
    INDArray changed = draw(config, COUNT, 5).apply(flat);

    assertThat(changed.shape()).containsExactly(COUNT, COLOURED.size());
    assertThat(changed.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(flat).isEqualTo(kept);
    assertThat(draw(config, COUNT, 5).apply(flat)).isEqualTo(changed);
    assertThat(draw(config, COUNT, 6).apply(flat)).isNotEqualTo(changed);
    assertThat(changed.getRow(0)).isNotEqualTo(changed.getRow(1));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void oneDrawAfterAnotherChangesBothHalvesByTheirs(AugmentationConfig config) {
    INDArray first = images(DataType.DOUBLE, 3);
    INDArray second = images(DataType.DOUBLE, 2);
    Augmentation both = draw(config, 3, 1).followedBy(draw(config, 2, 2));

    assertThat(both.apply(Nd4j.concat(0, first, second)))
        .isEqualTo(
            Nd4j.concat(0, draw(config, 3, 1).apply(first), draw(config, 2, 2).apply(second)));
  }

  @ParameterizedTest
  @EnumSource
  void brightnessStaysWithinAQuarterOfTheRangeAndColourIsScaled(PixelRange range) {
    AugmentationConfig color = new AugmentationConfig(true, false, false);
    Augmentation augmentation = Augmentation.draw(color, COLOURED, range, COUNT, new SplitMix64(3));
    INDArray grey = Nd4j.zeros(DataType.DOUBLE, COLOURED.batchOf(COUNT));
    double[] shifts = Numbers.of(augmentation.apply(grey).mean(1, 2, 3));
    double quarter = range == PixelRange.UNIT ? 0.25 : 0.5;

    assertThat(Arrays.stream(shifts).max().orElseThrow()).isBetween(0.9 * quarter, quarter);
    assertThat(Arrays.stream(shifts).min().orElseThrow()).isBetween(-quarter, -0.9 * quarter);
  }

  @Test
  void saturationAndContrastByHand() {
    // Two pixels of three channels: means of the pixels 2 and 6, of the image 4.
    double[] image = {1, 6, 2, 6, 3, 6};
    new ImageChange.Color(new ImageShape(3, 1, 2), 1, 2, 0.5).apply(image, 0);

    // Brighter by 1, so 2, 3, 4 and 7; saturated: 1, 3, 5 and 7; half of the contrast around 5.
    assertThat(image).containsExactly(3, 6, 4, 6, 5, 6);
  }

  @Test
  void shiftsReachAnEighthOfEachSideAndLeaveZeros() {
    Augmentation augmentation = draw(new AugmentationConfig(false, true, false), COUNT, 4);
    double[] changed =
        Numbers.of(augmentation.apply(Nd4j.ones(DataType.DOUBLE, COLOURED.batchOf(COUNT))));
    int furthest = 0;
    for (int i = 0; i < COUNT; i++) {
      int channel = COLOURED.height() * COLOURED.width();
      double[] image = Arrays.copyOfRange(changed, i * 3 * channel, (i * 3 + 1) * channel);
      int ones = (int) Arrays.stream(image).filter(value -> value == 1).count();
      int zeros = (int) Arrays.stream(image).filter(value -> value == 0).count();
      assertThat(ones + zeros).isEqualTo(channel);
      // By two rows and a column at most.
      assertThat(ones).isGreaterThanOrEqualTo(14 * 7);
      furthest += ones == 14 * 7 ? 1 : 0;
    }
    assertThat(furthest).isBetween(COUNT / 15, COUNT / 2);
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 0 0 0 0 0 1 0 0 4", "-1, 0, 4 5 6 7 8 9 0 0 0", "0, -1, 2 3 0 5 6 0 8 9 0"})
  void shiftsByHand(int down, int right, String expected) {
    double[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    new ImageChange.Translation(new ImageShape(1, 3, 3), down, right).apply(image, 0);

    assertThat(Arrays.stream(image).mapToObj(value -> Integer.toString((int) value)))
        .containsExactly(expected.split(" "));
  }

  @Test
  void aCutoutBlanksUpToAQuarterOfTheImageInAllChannels() {
    Augmentation augmentation = draw(new AugmentationConfig(false, false, true), COUNT, 8);
    double[] changed =
        Numbers.of(augmentation.apply(Nd4j.ones(DataType.DOUBLE, COLOURED.batchOf(COUNT))));
    int whole = 0;
    int channel = COLOURED.height() * COLOURED.width();
    for (int i = 0; i < COUNT; i++) {
      double[] red = Arrays.copyOfRange(changed, i * 3 * channel, (i * 3 + 1) * channel);
      double[] blue = Arrays.copyOfRange(changed, (i * 3 + 2) * channel, (i * 3 + 3) * channel);
      assertThat(red).containsExactly(blue);
      int zeros = (int) Arrays.stream(red).filter(value -> value == 0).count();
      assertThat(zeros).isBetween(channel / 16, channel / 4);
      whole += zeros == channel / 4 ? 1 : 0;
    }
    assertThat(whole).isGreaterThan(COUNT / 10);
  }
}
