package org.sparkgen.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spectral normalisation of all weight matrices of a network (Miyato et al. 2018): layers compute
 * with {@code W / sigma}, sigma being the largest singular value of W, a convolution's weights
 * taken as {@code [out, in k k]}. The parameters stay W.
 *
 * <p>Singular vectors are estimated by a power iteration at every update. They are no part of a
 * network's state: when a state is loaded or a round starts, they are found anew by iterating from
 * a fixed vector until sigma stays.
 */
final class SpectralNorm {
  private static final String WEIGHTS = "W";

  private final List<SpectralMatrix> matrices = new ArrayList<>();
  private boolean known;
  private boolean chained;

  /** A layer's views with the normalised weights in the place of the weights, if it has any. */
  LayerViews normalized(LayerViews views) {
    INDArray weights = views.parameter(WEIGHTS);
    if (weights == null) {
      return views;
    }
    SpectralMatrix matrix =
        new SpectralMatrix(asMatrix(weights), asMatrix(views.gradient(WEIGHTS)));
    matrices.add(matrix);
    Map<String, INDArray> parameters = new LinkedHashMap<>(views.parameters());
    parameters.put(WEIGHTS, inTheShapeOf(weights, matrix.normalized()));
    return new LayerViews(parameters, views.gradients());
  }

  /** {@code [out, in k k]} in C order: a view, as dense weights are {@code [in,out]} in F order. */
  private static INDArray asMatrix(INDArray weights) {
    return weights.rank() == 2
        ? weights.transpose()
        : weights.reshape('c', weights.size(0), weights.length() / weights.size(0));
  }

  /** The numbers of a matrix {@code [out, in k k]} where weights would have them. */
  static INDArray inTheShapeOf(INDArray weights, INDArray matrix) {
    return weights.rank() == 2 ? matrix.transpose() : matrix.reshape('c', weights.shape());
  }

  /** The singular vectors are no longer known. */
  void forget() {
    known = false;
  }

  /** Before a forward pass: normalised weights are there. */
  void prepare() {
    if (known) {
      return;
    }
    for (SpectralMatrix matrix : matrices) {
      matrix.restart();
      matrix.converge();
      matrix.normalize();
    }
    known = true;
  }

  /** After an update: follows the parameters by an iteration. */
  void parametersUpdated() {
    for (SpectralMatrix matrix : matrices) {
      matrix.iterate();
      matrix.normalize();
    }
  }

  /** Normalises the present parameters by the known singular vectors. */
  void normalize() {
    for (SpectralMatrix matrix : matrices) {
      matrix.measure();
      matrix.normalize();
    }
  }

  /**
   * Before a backward pass that fills the gradients.
   *
   * @throws IllegalStateException if it would add to gradients that were already carried on to the
   *     parameters
   */
  void backwardBegins(ParameterGradients mode) {
    switch (mode) {
      case SKIP -> {}
      case REPLACE -> chained = false;
      case ADD -> {
        if (chained) {
          throw new IllegalStateException("can't add to gradients that were read before");
        }
      }
    }
  }

  /** Carries the gradients in the normalised weights on to the parameters, once. */
  void chain() {
    if (!chained) {
      matrices.forEach(SpectralMatrix::chain);
      chained = true;
    }
  }

  /** The matrices in the order of the layers. */
  List<SpectralMatrix> matrices() {
    return matrices;
  }
}
