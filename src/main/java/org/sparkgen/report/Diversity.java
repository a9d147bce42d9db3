package org.sparkgen.report;

/** How different pictures are from each other: the number by which mode collapse shows. */
public final class Diversity {
  private static final int MOST = 256;

  private Diversity() {}

  /**
   * The mean distance between two samples divided by the mean distance between two real pictures:
   * about 1 if samples vary like the data, 0 if all samples are the same picture. Distances are
   * root mean squares over pixel values; at most 256 pictures of each kind are compared.
   *
   * @param samples at least two
   * @param real at least two that are not all equal, of the same shape
   */
  public static double ratio(Pictures samples, Pictures real) {
    if (!samples.shape().equals(real.shape()) || samples.count() < 2 || real.count() < 2) {
      throw new IllegalArgumentException(
          "diversity compares at least two samples with two real pictures of one shape:"
              + " %d of %s, %d of %s"
                  .formatted(samples.count(), samples.shape(), real.count(), real.shape()));
    }
    double spread = meanDistance(real.first(MOST));
    if (spread == 0) {
      throw new IllegalArgumentException("all real pictures are equal");
    }
    return meanDistance(samples.first(MOST)) / spread;
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
