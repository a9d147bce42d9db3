package org.sparkgen.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.NoOpUpdater;

/**
 * The gradient of a network's weights: its flat gradients without the changes that batch
 * normalisation makes to its running statistics, which stand among them.
 */
final class WeightGradients {
  private static final int PIECE = 512;
  private static final int LANES = 4;

  private final List<INDArray> parts = new ArrayList<>();
  private final float[] piece = new float[PIECE];

  /** Views of those flat gradients that the updater makes steps of. */
  WeightGradients(BaseMultiLayerUpdater<?> updater, INDArray flatGradients) {
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      if (!(block.getGradientUpdater() instanceof NoOpUpdater)) {
        parts.add(
            flatGradients.get(
                NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd())));
      }
    }
  }

  /**
   * Scales the gradient to a norm if its own is larger (Pascanu et al. 2013); else changes no bit.
   */
  void clip(double largestNorm) {
    double norm = norm();
    if (norm > largestNorm) {
      parts.forEach(part -> part.muli(largestNorm / norm));
    }
  }

  /** The Euclidean norm, in double precision. */
  double norm() {
    return Math.sqrt(parts.stream().mapToDouble(this::squares).sum());
  }

  private double squares(INDArray part) {
    if (part.dataType() != DataType.FLOAT) {
      double norm = part.norm2Number().doubleValue();
      return norm * norm;
    }
    FloatBuffer values = Floats.buffer(part);
    int length = Math.toIntExact(part.length());
    double sum = 0;
    for (int from = 0; from < length; from += PIECE) {
      int count = Math.min(PIECE, length - from);
      values.get(from, piece, 0, count);
      sum += squares(count);
    }
    return sum;
  }

  /** Four sums side by side: one alone would wait for itself. */
  private double squares(int count) {
    int whole = count / LANES * LANES;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = 0; i < whole; i += LANES) {
      a += (double) piece[i] * piece[i];
      b += (double) piece[i + 1] * piece[i + 1];
      c += (double) piece[i + 2] * piece[i + 2];
      d += (double) piece[i + 3] * piece[i + 3];
    }
    for (int i = whole; i < count; i++) {
      a += (double) piece[i] * piece[i];
    }
    return a + b + (c + d);
  }
}
