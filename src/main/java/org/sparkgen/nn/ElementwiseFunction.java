package org.sparkgen.nn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_soft_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of every number of an array, in place; by oneDNN where that can be, which vectorises
 * what ND4J computes number by number. Not thread-safe.
 */
public final class ElementwiseFunction {
  /** Arrays of so many sizes are remembered. */
  private static final int SIZES = 16;

  private final Kind kind;
  private final Map<Long, Compiled> compiled = new HashMap<>();

  private ElementwiseFunction(Kind kind) {
    this.kind = kind;
  }

  /** {@code log(1 + exp(x))}; does not overflow. */
  public static ElementwiseFunction softplus() {
    return new ElementwiseFunction(Kind.SOFTPLUS);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static ElementwiseFunction sigmoid() {
    return new ElementwiseFunction(Kind.SIGMOID);
  }

  /**
   * Replaces every number by its function value.
   *
   * @param x in C order, no view
   * @return {@code x}
   */
  public INDArray inPlace(INDArray x) {
    if (x.dataType() != DataType.FLOAT || !OneDnn.available()) {
      return Nd4j.exec(DynamicCustomOp.builder(kind.operation).addInputs(x).addOutputs(x).build())[
          0];
    }
    if (compiled.size() == SIZES && !compiled.containsKey(x.length())) {
      compiled.clear();
    }
    compiled.computeIfAbsent(x.length(), length -> new Compiled(kind, length)).apply(x);
    return x;
  }

  private enum Kind {
    SOFTPLUS("softplus", dnnl_eltwise_soft_relu),
    SIGMOID("sigmoid", dnnl_eltwise_logistic);

    private final String operation;
    private final int algorithm;

    Kind(String operation, int algorithm) {
      this.operation = operation;
      this.algorithm = algorithm;
    }
  }

  /** oneDNN's primitive for arrays of one length. */
  private static final class Compiled {
    private final OneDnnTensor numbers;
    private final OneDnnPrimitive primitive;

    Compiled(Kind kind, long length) {
      dnnl_memory_desc_t layout = OneDnn.plain(1, 1, 1, length);
      dnnl_eltwise_desc_t function = new dnnl_eltwise_desc_t();
      OneDnn.check(
          dnnl_eltwise_forward_desc_init(
              function, dnnl_forward_inference, kind.algorithm, layout, 0, 0),
          "elementwise function");
      numbers = new OneDnnTensor(layout);
      primitive =
          OneDnnPrimitive.of(function, null)
              .with(DNNL_ARG_SRC, numbers)
              .with(DNNL_ARG_DST, numbers);
    }

    void apply(INDArray x) {
      numbers.lieIn(x);
      primitive.execute();
    }
  }
}
