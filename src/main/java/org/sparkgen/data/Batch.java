package org.sparkgen.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples as a model sees them. */
public final class Batch {
  private final INDArray examples;
  private final int[] labels;

  /** A batch of {@code labels.length} examples; takes both arrays over. */
  public Batch(INDArray examples, int[] labels) {
    this.examples = examples;
    this.labels = labels;
  }

  /**
   * {@code [N,C,H,W]} or {@code [N,F]}, C order, float32, in the model's range; valid until the
   * next batch is assembled.
   */
  public INDArray examples() {
    return examples;
  }

  /** The class number of each example, or {@link ExampleBlock#NO_LABEL}; not a copy. */
  public int[] labels() {
    return labels;
  }

  /** N, the number of examples. */
  public int size() {
    return labels.length;
  }
}
