package org.sparkgen.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.AugmentationConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.PixelRange;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.nn.Numbers;

/**
 * Differentiable augmentation of a batch of images, with changes of its own for every image (Zhao
 * et al. 2020): brightness by up to a quarter of the pixel range, saturation from 0 to 2 times,
 * contrast from 1/2 to 3/2 times; shifts by up to an eighth of each side; a rectangle of half of
 * each side, around a place anywhere in the image, with the value 0.
 */
final class Augmentation {
  private final int size;
  private final List<List<ImageChange>> changes;

  private Augmentation(int size, List<List<ImageChange>> changes) {
    this.size = size;
    this.changes = changes;
  }

  /** Draws changes for some images. */
  static Augmentation draw(
      AugmentationConfig config, ImageShape shape, PixelRange range, int count, SplitMix64 source) {
    List<List<ImageChange>> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<ImageChange> each = new ArrayList<>();
      if (config.color()) {
        each.add(color(shape, range, source));
      }
      if (config.translation()) {
        each.add(translation(shape, source));
      }
      if (config.cutout()) {
        each.add(cutout(shape, source));
      }
      changes.add(each);
    }
    return new Augmentation(shape.size(), changes);
  }

  private static ImageChange color(ImageShape shape, PixelRange range, SplitMix64 source) {
    double quarter = (range.toModel(255) - range.toModel(0)) / 4;
    return new ImageChange.Color(
        shape, quarter * (2 * source.uniform() - 1), 2 * source.uniform(), 0.5 + source.uniform());
  }

  private static ImageChange translation(ImageShape shape, SplitMix64 source) {
    return new ImageChange.Translation(
        shape, shift(shape.height(), source), shift(shape.width(), source));
  }

  private static int shift(int side, SplitMix64 source) {
    int most = Math.toIntExact(Math.round(side / 8.0));
    return source.below(2 * most + 1) - most;
  }

  private static ImageChange cutout(ImageShape shape, SplitMix64 source) {
    int rows = (shape.height() + 1) / 2;
    int columns = (shape.width() + 1) / 2;
    return new ImageChange.Cutout(
        shape,
        source.below(shape.height() + 1) - rows / 2,
        source.below(shape.width() + 1) - columns / 2,
        rows,
        columns);
  }

  /** This for the first images, another one for those after them. */
  Augmentation followedBy(Augmentation other) {
    List<List<ImageChange>> both = new ArrayList<>(changes);
    both.addAll(other.changes);
    return new Augmentation(size, both);
  }

  /** The changed images, in the shape of the images: {@code N} times {@code C H W} numbers. */
  INDArray apply(INDArray images) {
    double[] values = Numbers.of(images);
    for (int i = 0; i < changes.size(); i++) {
      for (ImageChange change : changes.get(i)) {
        change.apply(values, i * size);
      }
    }
    return Numbers.array(images.dataType(), values, images.shape());
  }

  /** The gradient in the images of what has this gradient in the changed images. */
  INDArray backward(INDArray error) {
    double[] values = Numbers.of(error);
    for (int i = 0; i < changes.size(); i++) {
      List<ImageChange> each = changes.get(i);
      for (int j = each.size() - 1; j >= 0; j--) {
        each.get(j).backward(values, i * size);
      }
    }
    return Numbers.array(error.dataType(), values, error.shape());
  }
}
