package org.sparkgen.nn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.nn.OneDnnOperand.Reading;

/**
 * oneDNN's three primitives of a strided convolution for images of one size and number, each
 * compiled when it is first asked for. The terms are those of {@link StridedProducts}.
 *
 * <p>Both images are read by two of the primitives, mostly in one layout. Who says that an image is
 * the one that was read last, with the same numbers, saves carrying it into the layout again.
 */
final class StridedPrimitives {
  private final Window window;
  private final long[] outerShape;
  private final long[] innerShape;
  private final long[] weightsShape;
  private final List<OneDnnOperand> read = new ArrayList<>();
  private OneDnnOperand outerRead;
  private OneDnnOperand innerRead;
  private Product inwards;
  private Product outwards;
  private Product weightGradient;

  /**
   * Primitives of a size.
   *
   * @param outer shape of the outer image, {@code [N,outer,H,W]}
   * @param weights shape of the weights, {@code [inner,outer,k,k]}
   */
  StridedPrimitives(Window window, long[] outer, long[] weights) {
    this.window = window;
    this.outerShape = outer.clone();
    this.weightsShape = weights.clone();
    this.innerShape =
        new long[] {outer[0], weights[0], window.inner(outer[2]), window.inner(outer[3])};
  }

  /** Reads every image anew from now on. */
  void forget() {
    read.forEach(OneDnnOperand::forget);
  }

  /** Computes the inner image. */
  void inwards(INDArray outer, Reading reading, INDArray weights, INDArray inner) {
    if (inwards == null) {
      OneDnnPrimitive primitive = forward();
      inwards =
          new Product(
              primitive,
              outerRead(primitive, DNNL_ARG_SRC, dnnl_query_src_md),
              operand(primitive, DNNL_ARG_WEIGHTS, dnnl_query_weights_md, weightsShape),
              operand(primitive, DNNL_ARG_DST, dnnl_query_dst_md, innerShape));
    }
    inwards.compute(outer, reading, weights, Reading.ANEW, inner);
  }

  /** Computes the outer image. */
  void outwards(INDArray inner, Reading reading, INDArray weights, INDArray outer) {
    if (outwards == null) {
      OneDnnPrimitive primitive = OneDnnPrimitive.of(adjoint(), forward());
      outwards =
          new Product(
              primitive,
              innerRead(primitive, DNNL_ARG_DIFF_DST, dnnl_query_diff_dst_md),
              operand(primitive, DNNL_ARG_WEIGHTS, dnnl_query_weights_md, weightsShape),
              operand(primitive, DNNL_ARG_DIFF_SRC, dnnl_query_diff_src_md, outerShape));
    }
    outwards.compute(inner, reading, weights, Reading.ANEW, outer);
  }

  /** Computes the gradient of the weights from one image's values and the other one's errors. */
  void weightGradient(
      INDArray outer,
      Reading readingOuter,
      INDArray inner,
      Reading readingInner,
      INDArray gradient) {
    if (weightGradient == null) {
      OneDnnPrimitive primitive = OneDnnPrimitive.of(gradient(), forward());
      weightGradient =
          new Product(
              primitive,
              outerRead(primitive, DNNL_ARG_SRC, dnnl_query_src_md),
              innerRead(primitive, DNNL_ARG_DIFF_DST, dnnl_query_diff_dst_md),
              operand(primitive, DNNL_ARG_DIFF_WEIGHTS, dnnl_query_diff_weights_md, weightsShape));
    }
    weightGradient.compute(outer, readingOuter, inner, readingInner, gradient);
  }

  private OneDnnOperand outerRead(OneDnnPrimitive primitive, int argument, int query) {
    OneDnnOperand operand = readBy(primitive, argument, query, outerRead, outerShape);
    outerRead = outerRead == null ? operand : outerRead;
    return operand;
  }

  private OneDnnOperand innerRead(OneDnnPrimitive primitive, int argument, int query) {
    OneDnnOperand operand = readBy(primitive, argument, query, innerRead, innerShape);
    innerRead = innerRead == null ? operand : innerRead;
    return operand;
  }

  private OneDnnOperand readBy(
      OneDnnPrimitive primitive, int argument, int query, OneDnnOperand known, long[] shape) {
    if (known == null || !known.suits(primitive.layout(query))) {
      OneDnnOperand operand = operand(primitive, argument, query, shape);
      read.add(operand);
      return operand;
    }
    primitive.with(argument, known.tensor());
    return known;
  }

  private static OneDnnOperand operand(
      OneDnnPrimitive primitive, int argument, int query, long[] shape) {
    OneDnnOperand operand = new OneDnnOperand(primitive.layout(query), shape);
    primitive.with(argument, operand.tensor());
    return operand;
  }

  private dnnl_convolution_desc_t adjoint() {
    dnnl_convolution_desc_t backward = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl_convolution_backward_data_desc_init(
            backward,
            dnnl_convolution_direct,
            OneDnn.any(outerShape),
            OneDnn.any(weightsShape),
            OneDnn.any(innerShape),
            strides(),
            padding(),
            padding()),
        "convolution's adjoint");
    return backward;
  }

  private dnnl_convolution_desc_t gradient() {
    dnnl_convolution_desc_t backward = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl_convolution_backward_weights_desc_init(
            backward,
            dnnl_convolution_direct,
            OneDnn.any(outerShape),
            OneDnn.any(weightsShape),
            null,
            OneDnn.any(innerShape),
            strides(),
            padding(),
            padding()),
        "convolution's gradient");
    return backward;
  }

  private OneDnnPrimitive forward() {
    dnnl_convolution_desc_t forward = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl_convolution_forward_desc_init(
            forward,
            dnnl_forward_training,
            dnnl_convolution_direct,
            OneDnn.any(outerShape),
            OneDnn.any(weightsShape),
            null,
            OneDnn.any(innerShape),
            strides(),
            padding(),
            padding()),
        "convolution");
    return OneDnnPrimitive.of(forward, null);
  }

  private long[] strides() {
    return new long[] {window.stride(), window.stride()};
  }

  private long[] padding() {
    return new long[] {window.padding(), window.padding()};
  }

  /** A primitive that makes a third array of two. */
  private static final class Product {
    private final OneDnnPrimitive primitive;
    private final OneDnnOperand left;
    private final OneDnnOperand right;
    private final OneDnnOperand result;

    Product(
        OneDnnPrimitive primitive, OneDnnOperand left, OneDnnOperand right, OneDnnOperand result) {
      this.primitive = primitive;
      this.left = left;
      this.right = right;
      this.result = result;
    }

    void compute(INDArray a, Reading readingA, INDArray b, Reading readingB, INDArray c) {
      left.read(a, readingA);
      right.read(b, readingB);
      result.prepare(c);
      primitive.execute();
      result.write();
    }
  }
}
