package org.sparkgen.nn;

/** What a backward pass does with the gradients of the parameters. */
public enum ParameterGradients {
  /** Overwrite those of an earlier backward pass. */
  REPLACE,
  /** Add to those of an earlier backward pass: one update from two batches. */
  ADD,
  /** Leave them alone and compute only the error at the input: the network is passed through. */
  SKIP
}
