package org.sparkgen.nn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operand of a primitive as ND4J has it, in C order, carried into the layout that the primitive
 * wants and back where the two differ.
 */
final class OneDnnOperand {
  private final OneDnnTensor plain;
  private final OneDnnTensor wanted;
  private final OneDnnPrimitive in;
  private final OneDnnPrimitive out;
  private INDArray held;

  /** An operand of a shape of four dimensions for a layout of the same shape. */
  OneDnnOperand(dnnl_memory_desc_t layout, long... shape) {
    this.plain = new OneDnnTensor(OneDnn.plain(shape));
    if (dnnl_memory_desc_equal(plain.layout(), layout) != 0) {
      this.wanted = plain;
      this.in = null;
      this.out = null;
    } else {
      this.wanted = new OneDnnTensor(layout);
      this.in = OneDnnPrimitive.reorder(plain, wanted);
      this.out = OneDnnPrimitive.reorder(wanted, plain);
    }
  }

  /** Whether this operand suits a primitive that wants a layout. */
  boolean suits(dnnl_memory_desc_t layout) {
    return dnnl_memory_desc_equal(wanted.layout(), layout) != 0;
  }

  /** What the primitive computes with. */
  OneDnnTensor tensor() {
    return wanted;
  }

  /** Hands an array to the primitive. */
  void read(INDArray array, Reading reading) {
    if (reading == Reading.UNLESS_HELD && array == held) {
      return;
    }
    held = null;
    plain.lieIn(array);
    if (in != null) {
      wanted.lieInNewMemory();
      in.execute();
    }
    held = array;
  }

  /** Reads the next array in any case. */
  void forget() {
    held = null;
  }

  /** Makes room for what the primitive is to compute into an array. */
  void prepare(INDArray array) {
    plain.lieIn(array);
    if (out != null) {
      wanted.lieInNewMemory();
    }
  }

  /** Puts into the array what the primitive has computed. */
  void write() {
    if (out != null) {
      out.execute();
    }
  }

  /** Whether an array that was read before is read again. */
  enum Reading {
    /** Its numbers may be others now. */
    ANEW,
    /** Its numbers are the same as when it was last read. */
    UNLESS_HELD
  }
}
