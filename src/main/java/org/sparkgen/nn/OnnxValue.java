package org.sparkgen.nn;

import java.util.List;

/**
 * A value that is computed in an {@link OnnxGraph}.
 *
 * @param name unique in the graph
 * @param shape of one example; the value itself has the number of examples, N, before it
 */
public record OnnxValue(String name, List<Long> shape) {
  public OnnxValue {
    shape = List.copyOf(shape);
  }

  /** Numbers per example. */
  long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
