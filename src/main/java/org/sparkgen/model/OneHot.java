package org.sparkgen.model;

import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Classes as vectors for a network's input: 1 at the place of the class, 0 elsewhere, behind the
 * latent vector. Without classes nothing is appended.
 */
public final class OneHot {
  private OneHot() {}

  /** The class of sample number i of a conditional model: all classes in turn. */
  public static int classOf(long sample, int classes) {
    return (int) (sample % classes);
  }

  /**
   * Rows with their classes appended, in the open workspace; the rows themselves if there are no
   * classes.
   *
   * @param rows {@code [N,L]}
   * @param labels class of row i at i modulo their number, so that the rows may be several passes
   *     over the same examples
   * @return {@code [N, L + classes]}, C order
   * @throws IllegalArgumentException if a label is not among the classes
   */
  public static INDArray append(INDArray rows, int[] labels, int classes) {
    if (classes == 0) {
      return rows;
    }
    long size = rows.size(1);
    INDArray result = Nd4j.create(rows.dataType(), new long[] {rows.size(0), size + classes}, 'c');
    result.get(NDArrayIndex.all(), NDArrayIndex.interval(0, size)).assign(rows);
    for (int i = 0; i < rows.size(0); i++) {
      result.putScalar(i, size + checked(labels[i % labels.length], classes), 1);
    }
    return result;
  }

  /**
   * Rows with their classes appended.
   *
   * @param rows {@code size} numbers each, row after row
   * @param classOf row number to class
   */
  public static float[] append(float[] rows, int size, int classes, IntUnaryOperator classOf) {
    if (classes == 0) {
      return rows;
    }
    int count = rows.length / size;
    float[] result = new float[count * (size + classes)];
    for (int i = 0; i < count; i++) {
      int at = i * (size + classes);
      System.arraycopy(rows, i * size, result, at, size);
      result[at + size + checked(classOf.applyAsInt(i), classes)] = 1;
    }
    return result;
  }

  private static int checked(int label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "label %d is not a class: there are 0 to %d".formatted(label, classes - 1));
    }
    return label;
  }
}
