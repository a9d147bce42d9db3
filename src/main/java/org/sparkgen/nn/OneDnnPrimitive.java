package org.sparkgen.nn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;

import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;

/**
 * A computation that oneDNN has compiled for given shapes, and the tensors that it is done with.
 *
 * <p>May be built by one thread and executed by others, one at a time: its scratch memory is the
 * caller's, not oneDNN's own, which would belong to the thread that built it.
 */
final class OneDnnPrimitive {
  private final dnnl_primitive_desc descriptor;
  private final dnnl_primitive handle = new dnnl_primitive();
  private final dnnl_stream stream = OneDnn.stream();
  private final Map<Integer, OneDnnTensor> tensors = new LinkedHashMap<>();
  private final OneDnnTensor scratchpad;
  private dnnl_exec_arg_t arguments;

  private OneDnnPrimitive(dnnl_primitive_desc descriptor) {
    this.descriptor = descriptor;
    OneDnn.check(dnnl_primitive_create(handle, descriptor), "primitive");
    dnnl_primitive created = handle;
    dnnl_stream itsStream = stream;
    OneDnn.whenCollected(
        this,
        () -> {
          dnnl_primitive_destroy(created);
          dnnl_primitive_desc_destroy(descriptor);
          dnnl_stream_destroy(itsStream);
        });
    dnnl_memory_desc_t scratch = layout(dnnl_query_scratchpad_md);
    if (dnnl_memory_desc_get_size(scratch) > 0) {
      scratchpad = new OneDnnTensor(scratch);
      with(DNNL_ARG_SCRATCHPAD, scratchpad);
    } else {
      scratchpad = null;
    }
  }

  /**
   * Compiles an operation.
   *
   * @param operation one of oneDNN's operation descriptors
   * @param hint the forward primitive that a backward one belongs to, or null
   */
  static OneDnnPrimitive of(Pointer operation, OneDnnPrimitive hint) {
    dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
    dnnl_primitive_attr attributes = attributes();
    try {
      OneDnn.check(
          dnnl_primitive_desc_create(
              descriptor,
              new const_dnnl_op_desc_t(operation),
              attributes,
              OneDnn.engine(),
              hint == null ? null : hint.descriptor),
          "operation");
    } finally {
      dnnl_primitive_attr_destroy(attributes);
      Reference.reachabilityFence(hint);
      Reference.reachabilityFence(operation);
    }
    return new OneDnnPrimitive(descriptor);
  }

  /** Carries numbers from one layout into another. */
  static OneDnnPrimitive reorder(OneDnnTensor from, OneDnnTensor to) {
    dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
    dnnl_primitive_attr attributes = attributes();
    try {
      OneDnn.check(
          dnnl_reorder_primitive_desc_create(
              descriptor, from.layout(), OneDnn.engine(), to.layout(), OneDnn.engine(), attributes),
          "reorder");
    } finally {
      dnnl_primitive_attr_destroy(attributes);
    }
    return new OneDnnPrimitive(descriptor).with(DNNL_ARG_SRC, from).with(DNNL_ARG_DST, to);
  }

  private static dnnl_primitive_attr attributes() {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    OneDnn.check(dnnl_primitive_attr_create(attributes), "attribute");
    OneDnn.check(
        dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
        "scratchpad");
    return attributes;
  }

  /**
   * The layout that was chosen for an operand, named by one of oneDNN's query constants; valid as
   * long as this primitive is reachable.
   */
  dnnl_memory_desc_t layout(int query) {
    return dnnl_primitive_desc_query_md(descriptor, query, 0);
  }

  /** Sets the tensor of an argument, named by one of oneDNN's argument constants. */
  OneDnnPrimitive with(int argument, OneDnnTensor tensor) {
    tensors.put(argument, tensor);
    arguments = null;
    return this;
  }

  /** Computes. All tensors must lie somewhere. */
  void execute() {
    if (arguments == null) {
      arguments = new dnnl_exec_arg_t(tensors.size());
      int at = 0;
      for (Map.Entry<Integer, OneDnnTensor> tensor : tensors.entrySet()) {
        arguments.position(at++).arg(tensor.getKey()).memory(tensor.getValue().handle());
      }
      arguments.position(0);
    }
    if (scratchpad != null) {
      scratchpad.lieInNewMemory();
    }
    try {
      OneDnn.check(dnnl_primitive_execute(handle, stream, tensors.size(), arguments), "execution");
    } finally {
      // With the arrays in which the tensors lie: the collector does not see native code use them.
      Reference.reachabilityFence(this);
    }
  }
}
