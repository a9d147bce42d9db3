package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples that are shown to the discriminator. */
final class Shown {
  private final INDArray examples;
  private final int[] labels;
  private final Perturbation perturbation;

  /**
   * Examples to show.
   *
   * @param labels class of each; not looked at without classes
   * @param perturbation of as many examples
   */
  Shown(INDArray examples, int[] labels, Perturbation perturbation) {
    this.examples = examples;
    this.labels = labels;
    this.perturbation = perturbation;
  }

  /** Other examples of the same classes, to be seen in the same way. */
  Shown with(INDArray others) {
    return new Shown(others, labels, perturbation);
  }

  /** What the discriminator sees. */
  INDArray seen() {
    return perturbation.apply(examples);
  }

  INDArray examples() {
    return examples;
  }

  int[] labels() {
    return labels;
  }

  /** The gradient in the examples, in their shape, of what has this gradient in what is seen. */
  INDArray backward(INDArray error) {
    return perturbation.backward(error).reshape(examples.shape());
  }
}
