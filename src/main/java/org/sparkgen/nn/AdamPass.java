package org.sparkgen.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.NoOpUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam (Kingma and Ba 2014) over a DL4J network's flat arrays, moments and parameters in one pass.
 *
 * <p>The state and the formula are those of DL4J's own updater, which goes over the memory twice
 * and without vector instructions. This one copies a piece at a time into arrays that stay in the
 * first-level cache, where the compiler vectorises the loop.
 */
final class AdamPass implements UpdatePass {
  private static final int PIECE = 512;

  private final FloatBuffer parameters;
  private final FloatBuffer gradients;
  private final FloatBuffer state;
  private final List<Segment> segments;
  private final float[] x = new float[PIECE];
  private final float[] g = new float[PIECE];
  private final float[] m = new float[PIECE];
  private final float[] v = new float[PIECE];

  /**
   * A contiguous part of the parameters.
   *
   * @param adam the settings; null where the gradient itself is the step, as for the running
   *     statistics of batch normalisation
   * @param at offset in parameters and gradients
   * @param length number of parameters
   * @param moments offset of the first moments in the state, behind which the second ones are
   */
  private record Segment(Adam adam, int at, int length, int moments) {
    Optional<Coefficients> coefficients(int iteration, double rateFactor) {
      return Optional.ofNullable(adam)
          .map(settings -> Coefficients.of(settings, iteration + 1, rateFactor));
    }
  }

  private AdamPass(
      INDArray parameters, INDArray gradients, INDArray state, List<Segment> segments) {
    this.parameters = Floats.buffer(parameters);
    this.gradients = Floats.buffer(gradients);
    this.state = Floats.buffer(state);
    this.segments = segments;
  }

  /** Whether an updater does nothing but Adam on float arrays. */
  static boolean covers(BaseMultiLayerUpdater<?> updater) {
    INDArray state = updater.getStateViewArray();
    return state != null
        && state.dataType() == DataType.FLOAT
        && updater.getUpdaterBlocks().stream()
            .map(UpdaterBlock::getGradientUpdater)
            .allMatch(each -> each instanceof AdamUpdater || each instanceof NoOpUpdater);
  }

  /**
   * The pass that does the same as an updater and the subtraction of what it computed.
   *
   * @param parameters flat, updated in place
   * @param gradients flat, read
   */
  static AdamPass of(BaseMultiLayerUpdater<?> updater, INDArray parameters, INDArray gradients) {
    List<Segment> segments = new ArrayList<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      int at = block.getParamOffsetStart();
      segments.add(
          new Segment(
              block.getGradientUpdater() instanceof AdamUpdater adam ? adam.getConfig() : null,
              at,
              block.getParamOffsetEnd() - at,
              block.getUpdaterViewOffsetStart()));
    }
    return new AdamPass(parameters, gradients, updater.getStateViewArray(), segments);
  }

  @Override
  public void step(int iteration, double rateFactor) {
    for (Segment segment : segments) {
      Optional<Coefficients> by = segment.coefficients(iteration, rateFactor);
      for (int done = 0; done < segment.length(); done += PIECE) {
        int count = Math.min(PIECE, segment.length() - done);
        int at = segment.at() + done;
        parameters.get(at, x, 0, count);
        gradients.get(at, g, 0, count);
        if (by.isPresent()) {
          step(segment, segment.moments() + done, count, by.get());
        } else {
          subtract(count);
        }
        parameters.put(at, x, 0, count);
      }
    }
  }

  private void subtract(int count) {
    for (int i = 0; i < count; i++) {
      x[i] -= g[i];
    }
  }

  private void step(Segment segment, int first, int count, Coefficients by) {
    int second = first + segment.length();
    state.get(first, m, 0, count);
    state.get(second, v, 0, count);
    step(x, g, m, v, count, by);
    state.put(first, m, 0, count);
    state.put(second, v, 0, count);
  }

  /** In single precision, as DL4J's updater computes. */
  private static void step(float[] x, float[] g, float[] m, float[] v, int count, Coefficients by) {
    float beta1 = by.beta1();
    float beta2 = by.beta2();
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    float rate = by.rate();
    float epsilon = by.epsilon();
    for (int i = 0; i < count; i++) {
      float gradient = g[i];
      float mean = beta1 * m[i] + rest1 * gradient;
      float square = beta2 * v[i] + rest2 * (gradient * gradient);
      m[i] = mean;
      v[i] = square;
      x[i] -= rate * mean / ((float) Math.sqrt(square) + epsilon);
    }
  }

  /** What a step multiplies with; the rate is corrected for moments that began at zero. */
  private record Coefficients(float rate, float beta1, float beta2, float epsilon) {
    static Coefficients of(Adam adam, int time, double rateFactor) {
      double rate = adam.getLearningRate(time - 1, 0) * rateFactor;
      double correction =
          Math.sqrt(1 - Math.pow(adam.getBeta2(), time)) / (1 - Math.pow(adam.getBeta1(), time));
      return new Coefficients(
          (float) (rate * correction),
          (float) adam.getBeta1(),
          (float) adam.getBeta2(),
          (float) adam.getEpsilon());
    }
  }
}
