package org.sparkgen.nn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An operand of oneDNN's primitives: a layout, and the memory where its numbers are at present. */
final class OneDnnTensor {
  private static final int ALIGNMENT = 64;

  private final dnnl_memory handle = new dnnl_memory();
  private final dnnl_memory_desc_t layout = new dnnl_memory_desc_t();

  // Never read: keeps the memory alive while native code has its address.
  @SuppressWarnings("unused")
  private INDArray array;

  /** A tensor without memory as yet. */
  OneDnnTensor(dnnl_memory_desc_t layout) {
    this.layout.put(layout);
    OneDnn.check(dnnl_memory_create(handle, layout, OneDnn.engine(), null), "tensor");
    dnnl_memory created = handle;
    OneDnn.whenCollected(this, () -> dnnl_memory_destroy(created));
  }

  dnnl_memory_desc_t layout() {
    return layout;
  }

  dnnl_memory handle() {
    return handle;
  }

  /** Lies where a float array does, whose numbers must be in this layout. */
  void lieIn(INDArray floats) {
    lieIn(floats, floats.data().addressPointer().address());
  }

  /** Lies in new memory of the open workspace, with undefined content. */
  void lieInNewMemory() {
    long bytes = dnnl_memory_desc_get_size(layout);
    INDArray memory = Nd4j.createUninitialized(DataType.FLOAT, (bytes + ALIGNMENT) / Float.BYTES);
    long address = memory.data().addressPointer().address();
    lieIn(memory, (address + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  private void lieIn(INDArray memory, long address) {
    array = memory;
    OneDnn.check(dnnl_memory_set_data_handle(handle, new Address(address)), "address");
  }

  /** A number that is an address. */
  private static final class Address extends Pointer {
    Address(long value) {
      address = value;
    }
  }
}
