package org.sparkgen.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's parameters and their gradients as views, by DL4J's parameter names; vectors are flat.
 *
 * @param parameters views into the flat parameters
 * @param gradients views into the flat gradients
 */
record LayerViews(Map<String, INDArray> parameters, Map<String, INDArray> gradients) {
  private static final String WEIGHTS = "W";

  static LayerViews of(Layer layer, INDArray flatGradients) {
    if (flatGradients == null) {
      return new LayerViews(Map.of(), Map.of());
    }
    Map<String, INDArray> gradients =
        layer
            .conf()
            .getLayer()
            .initializer()
            .getGradientsFromFlattened(
                layer.conf(), flatGradients.reshape(1, flatGradients.length()));
    return new LayerViews(vectorsFlat(layer.paramTable()), vectorsFlat(gradients));
  }

  /** DL4J has vectors as rows {@code [1,F]} in places; kernels want {@code [F]}. */
  private static Map<String, INDArray> vectorsFlat(Map<String, INDArray> views) {
    Map<String, INDArray> flat = new LinkedHashMap<>();
    views.forEach(
        (key, view) -> flat.put(key, key.equals(WEIGHTS) ? view : view.reshape(view.length())));
    return flat;
  }

  INDArray parameter(String key) {
    return parameters.get(key);
  }

  INDArray gradient(String key) {
    return gradients.get(key);
  }
}
