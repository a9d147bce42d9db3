package org.sparkgen.report;

import java.util.OptionalDouble;

/** How different pictures are from each other: the number by which mode collapse shows. */
public final class Diversity {
  private static final int MOST = 256;

  private Diversity() {}

  /**
   * The mean distance between two samples divided by the mean distance between two real pictures:
   * about 1 if samples vary like the data, 0 if all samples are the same picture. Distances are
   * root mean squares over pixel values; at most 256 pictures of each kind are compared.
   *
   * @param samples of the same shape as {@code real}
   * @return empty if there are fewer than two of a kind, or if all real pictures are equal
   */
  public static OptionalDouble ratio(Pictures samples, Pictures real) {
    if (!samples.shape().equals(real.shape())) {
      throw new IllegalArgumentException(
          "diversity compares pictures of one shape, not samples of %s with real ones of %s"
              .formatted(samples.shape(), real.shape()));
    }
    if (samples.count() < 2 || real.count() < 2) {
      return OptionalDouble.empty();
    }
    double spread = meanDistance(real.first(MOST));
    return spread == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(meanDistance(samples.first(MOST)) / spread);
  }

  private static double meanDistance(Pictures pictures) {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < pictures.count(); a++) {
      for (int b = 0; b < a; b++) {
        sum += distance(pictures, a, b);
        pairs++;
      }
    }
    return sum / pairs;
  }

  private static double distance(Pictures pictures, int a, int b) {
    int size = pictures.shape().size();
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double difference = pictures.value(a, i) - pictures.value(b, i);
      squares += difference * difference;
    }
    return Math.sqrt(squares / size);
  }
}
