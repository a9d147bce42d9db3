package org.sparkgen.nn;

import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products and column sums in the orders in which BLAS does them without copies. */
final class Arrays2d {
  private static final boolean CHANNELS_FIRST = true;

  private Arrays2d() {}

  /** {@code c = op(a) op(b) + beta c}, all in Fortran order or views that are. */
  static void gemm(
      INDArray a, Transpose transposeA, INDArray b, Transpose transposeB, INDArray c, double beta) {
    MMulTranspose transposes =
        MMulTranspose.builder()
            .transposeA(transposeA == Transpose.YES)
            .transposeB(transposeB == Transpose.YES)
            .build();
    Nd4j.exec(new Mmul(a, b, c, 1.0, beta, transposes));
  }

  /**
   * Sums over everything but the channel: {@code [N,C]} or {@code [N,C,H,W]} to {@code [C]}.
   *
   * <p>As products with a vector of ones, which BLAS does several times faster than a reduction
   * over strided dimensions.
   */
  static INDArray channelSums(INDArray x) {
    if (x.rank() == 2) {
      INDArray sums = empty(x, x.size(1), 1);
      gemm(x.transpose(), Transpose.NO, ones(x, x.size(0)), Transpose.NO, sums, 0);
      return sums.reshape(x.size(1));
    }
    long rows = x.size(0) * x.size(1);
    long pixels = x.size(2) * x.size(3);
    INDArray sums = empty(x, rows, 1);
    INDArray pixelsByRow = x.reshape('c', rows, pixels).transpose();
    gemm(pixelsByRow, Transpose.YES, ones(x, pixels), Transpose.NO, sums, 0);
    return channelSums(sums.reshape('c', x.size(0), x.size(1)));
  }

  private static INDArray ones(INDArray like, long count) {
    return Nd4j.ones(like.dataType(), count, 1);
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

  /** A new C-order array from the open workspace, with undefined content. */
  static INDArray empty(INDArray like, long... shape) {
    return Nd4j.createUninitialized(like.dataType(), shape, 'c');
  }

  /** Whether an operand is read transposed. */
  enum Transpose {
    /** As it is. */
    NO,
    /** Transposed. */
    YES
  }
}
