package org.sparkgen.nn;

/** Makes an optimizer step of a network: its gradients, by way of moments, into its parameters. */
interface UpdatePass {
  /**
   * One step.
   *
   * @param iteration steps made before
   * @param rateFactor what the learning rate is multiplied with; 1 changes no bit
   */
  void step(int iteration, double rateFactor);
}
