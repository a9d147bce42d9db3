package org.sparkgen.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.nn.OneDnnOperand.Reading;

/**
 * Products of a strided convolution by oneDNN's own primitives, which are compiled once for every
 * size of a batch. For float arrays.
 */
final class BlockedProducts implements StridedProducts {
  /** A training uses two sizes of batches, a full one and the last; pictures a few more. */
  private static final int MOST_SIZES = 8;

  /** Up to so many numbers under a window, outwards is faster by columns. */
  private static final long FEW = 64;

  private final Window window;
  private final INDArray weights;
  private final boolean fewChannels;

  /** The least recently used size first. */
  private final Map<Size, StridedPrimitives> bySize = new LinkedHashMap<>(16, 0.75f, true);

  BlockedProducts(Window window, INDArray weights) {
    this.window = window;
    this.weights = weights;
    this.fewChannels = !window.equals(Window.PIXEL) && weights.length() / weights.size(0) <= FEW;
  }

  @Override
  public INDArray inwards(INDArray outer) {
    forget();
    return inwards(outer, Reading.ANEW);
  }

  private INDArray inwards(INDArray outer, Reading reading) {
    INDArray inner =
        Arrays2d.empty(
            weights,
            outer.size(0),
            weights.size(0),
            window.inner(outer.size(2)),
            window.inner(outer.size(3)));
    primitives(window, outer, weights).inwards(outer, reading, weights, inner);
    return inner;
  }

  @Override
  public INDArray outwards(INDArray inner) {
    forget();
    return outwards(inner, Reading.ANEW);
  }

  private INDArray outwards(INDArray inner, Reading reading) {
    if (fewChannels) {
      return byColumns(inner);
    }
    INDArray outer =
        Arrays2d.empty(
            weights,
            inner.size(0),
            weights.size(1),
            window.outer(inner.size(2)),
            window.outer(inner.size(3)));
    primitives(window, outer, weights).outwards(inner, reading, weights, outer);
    return outer;
  }

  /**
   * For an outer image of few channels, grey or colour: oneDNN works on blocks of 16 channels, and
   * would spend most of the time on zeros. So the pixels under each window become a column of
   * channels of the inner image's size, by a product at single pixels, and are added up.
   */
  private INDArray byColumns(INDArray inner) {
    long inside = weights.size(0);
    long column = weights.length() / inside;
    INDArray turned =
        Arrays2d.transposed(weights.reshape('c', inside, column))
            .reshape('c', column, inside, 1, 1);
    INDArray columns = Arrays2d.empty(weights, inner.size(0), column, inner.size(2), inner.size(3));
    primitives(Window.PIXEL, inner, turned).inwards(inner, Reading.ANEW, turned, columns);
    return window.sumColumns(
        columns.reshape(
            'c',
            inner.size(0),
            weights.size(1),
            window.kernel(),
            window.kernel(),
            inner.size(2),
            inner.size(3)));
  }

  @Override
  public INDArray backward(
      Direction direction,
      INDArray input,
      INDArray error,
      INDArray weightGradient,
      Kernel.InputError inputError) {
    // The forward pass may have read the input; the error is read once for both products.
    switch (direction) {
      case INWARDS ->
          primitives(window, input, weights)
              .weightGradient(input, Reading.UNLESS_HELD, error, Reading.ANEW, weightGradient);
      case OUTWARDS ->
          primitives(window, error, weights)
              .weightGradient(error, Reading.ANEW, input, Reading.UNLESS_HELD, weightGradient);
    }
    if (inputError == Kernel.InputError.UNUSED) {
      return null;
    }
    return switch (direction) {
      case INWARDS -> outwards(error, Reading.UNLESS_HELD);
      case OUTWARDS -> inwards(error, Reading.UNLESS_HELD);
    };
  }

  private StridedPrimitives primitives(Window of, INDArray outer, INDArray with) {
    Size size = new Size(of, outer.size(1), outer.size(0), outer.size(2), outer.size(3));
    StridedPrimitives primitives = bySize.get(size);
    if (primitives == null) {
      if (bySize.size() == MOST_SIZES) {
        bySize.remove(bySize.keySet().iterator().next());
      }
      primitives = new StridedPrimitives(of, outer.shape(), with.shape());
      bySize.put(size, primitives);
    }
    return primitives;
  }

  /** Arrays may have been filled again since they were read. */
  private void forget() {
    bySize.values().forEach(StridedPrimitives::forget);
  }

  /**
   * What primitives are compiled for: a window, and the outer images' channels, number and sides.
   */
  private record Size(Window window, long channels, long count, long height, long width) {}
}
