package org.sparkgen.nn;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products and sums in the orders in which oneDNN does them without copies. */
final class Arrays2d {
  private static final boolean CHANNELS_FIRST = true;

  /** Vectors of ones by type and length: read by all threads, written by none. */
  private static final Map<List<Object>, INDArray> ONES = new ConcurrentHashMap<>();

  private Arrays2d() {}

  /**
   * {@code c = op(a) op(b) + beta c} for matrices in C order or transposed views of such.
   *
   * @param c in C order: only then oneDNN computes the product, a quarter faster than OpenBLAS
   */
  static void multiply(
      INDArray a, Transpose transposeA, INDArray b, Transpose transposeB, INDArray c, double beta) {
    int asGiven = 0;
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(c)
            .addIntegerArguments(transposeA.flag, transposeB.flag, asGiven)
            .addFloatingPointArguments(1.0, beta)
            .build());
  }

  /**
   * Sums over everything but the channel: {@code [N,C]} or {@code [N,C,H,W]} to {@code [C]}.
   *
   * <p>As products with a vector of ones, which are several times faster than a reduction over
   * strided dimensions.
   */
  static INDArray channelSums(INDArray x) {
    if (x.rank() == 2) {
      INDArray sums = empty(x, 1, x.size(1));
      addColumnSums(x, sums, 0);
      return sums.reshape(x.size(1));
    }
    long rows = x.size(0) * x.size(1);
    long pixels = x.size(2) * x.size(3);
    INDArray sums = empty(x, rows, 1);
    INDArray pixelsByRow = x.reshape('c', rows, pixels);
    multiply(pixelsByRow, Transpose.NO, ones(x, pixels, 1), Transpose.NO, sums, 0);
    return channelSums(sums.reshape('c', x.size(0), x.size(1)));
  }

  /** {@code sums = beta sums + the sum of the rows of x}: x {@code [N,F]}, sums {@code [1,F]}. */
  static void addColumnSums(INDArray x, INDArray sums, double beta) {
    multiply(ones(x, 1, x.size(0)), Transpose.NO, x, Transpose.NO, sums, beta);
  }

  /** A number per channel, {@code [C]}, for every number of {@code [N,C]} or {@code [N,C,H,W]}. */
  static INDArray spread(INDArray v, long... shape) {
    INDArray rows = empty(v, shape[0], shape[1]);
    multiply(ones(v, shape[0], 1), Transpose.NO, v.reshape(1, shape[1]), Transpose.NO, rows, 0);
    if (shape.length == 2) {
      return rows;
    }
    long count = shape[0] * shape[1];
    long pixels = shape[2] * shape[3];
    INDArray result = empty(v, count, pixels);
    multiply(
        rows.reshape('c', count, 1), Transpose.NO, ones(v, 1, pixels), Transpose.NO, result, 0);
    return result.reshape('c', shape);
  }

  private static INDArray ones(INDArray like, long rows, long columns) {
    return ONES.computeIfAbsent(
            List.of(like.dataType(), rows * columns),
            key -> Nd4j.createUninitializedDetached(like.dataType(), 'c', rows * columns).assign(1))
        .reshape('c', rows, columns);
  }

  /**
   * Adds a number per channel: {@code z = x + v} with x and z {@code [N,C]} or {@code [N,C,H,W]},
   * possibly the same array, and v {@code [C]}.
   *
   * <p>As a custom operation, never as ND4J's BroadcastOp: the executioner does not keep that one's
   * operands reachable while the native code runs, so that a garbage collection at that moment
   * frees them under it.
   */
  static INDArray addToChannels(INDArray x, INDArray v, INDArray z) {
    Nd4j.exec(
        DynamicCustomOp.builder("biasadd")
            .addInputs(x, v)
            .addOutputs(z)
            .addBooleanArguments(CHANNELS_FIRST)
            .build());
    return z;
  }

  /** A copy of a matrix with rows and columns exchanged, in C order. */
  static INDArray transposed(INDArray matrix) {
    INDArray result = empty(matrix, matrix.size(1), matrix.size(0));
    Nd4j.exec(
        DynamicCustomOp.builder("transpose")
            .addInputs(matrix)
            .addOutputs(result)
            .addIntegerArguments(1, 0)
            .build());
    return result;
  }

  /** A new C-order array from the open workspace, with undefined content. */
  static INDArray empty(INDArray like, long... shape) {
    return Nd4j.createUninitialized(like.dataType(), shape, 'c');
  }

  /** Whether an operand is read transposed. */
  enum Transpose {
    /** As it is. */
    NO(0),
    /** Transposed. */
    YES(1);

    private final int flag;

    Transpose(int flag) {
      this.flag = flag;
    }
  }
}
