package org.sparkgen.model;

import org.sparkgen.data.SplitMix64;

/**
 * A sequence of standard normal numbers, the same on every machine: the ziggurat of Marsaglia and
 * Tsang (2000) with 256 layers, whose layer and place come from different random bits (Doornik
 * 2005). Several times as fast as the method of Box and Muller.
 */
final class Normals {
  private static final int LAYERS = 256;
  private static final double TAIL = 3.654152885361009;
  private static final double LAYER_AREA = 0.00492867323399;
  private static final int PLACE_SHIFT = 11;
  private static final double PLACE_UNIT = 0x1.0p-52;
  private static final double UNIT = 0x1.0p-53;

  /** Right ends of the layers, from the lowest, whose box has the area of its tail, to the top. */
  private static final double[] ENDS = new double[LAYERS + 1];

  private static final double[] HEIGHTS = new double[LAYERS + 1];

  static {
    ENDS[0] = LAYER_AREA / density(TAIL);
    ENDS[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
      double height = LAYER_AREA / ENDS[i - 1] + density(ENDS[i - 1]);
      ENDS[i] = StrictMath.sqrt(-2 * StrictMath.log(height));
    }
    for (int i = 0; i <= LAYERS; i++) {
      HEIGHTS[i] = density(ENDS[i]);
    }
  }

  private final SplitMix64 bits;

  /** The sequence of a seed. */
  Normals(long seed) {
    this(new SplitMix64(seed));
  }

  /** A sequence made of the next numbers of a source. */
  Normals(SplitMix64 bits) {
    this.bits = bits;
  }

  /** Fills an array with the next numbers. */
  void fill(double[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      values[i] = next();
    }
  }

  /** The next number. */
  double next() {
    while (true) {
      long word = bits.next();
      int layer = (int) (word & (LAYERS - 1));
      double x = (word >> PLACE_SHIFT) * PLACE_UNIT * ENDS[layer];
      if (Math.abs(x) < ENDS[layer + 1]) {
        return x;
      }
      if (layer == 0) {
        return x < 0 ? -tail() : tail();
      }
      double height = HEIGHTS[layer] + uniform() * (HEIGHTS[layer + 1] - HEIGHTS[layer]);
      if (height < density(x)) {
        return x;
      }
    }
  }

  /** Marsaglia 1964. */
  private double tail() {
    double x;
    double y;
    do {
      x = -StrictMath.log(1 - uniform()) / TAIL;
      y = -StrictMath.log(1 - uniform());
    } while (2 * y < x * x);
    return TAIL + x;
  }

  private double uniform() {
    return (bits.next() >>> PLACE_SHIFT) * UNIT;
  }

  /** Without its constant. */
  private static double density(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }
}
