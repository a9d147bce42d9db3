package org.sparkgen.config;

/** Activation functions of hidden layers. */
public enum Activation {
  /** max(0, x). */
  RELU,
  /** x for positive x, 0.2 x otherwise. */
  LEAKY_RELU,
  /** Hyperbolic tangent. */
  TANH,
  /** 1 / (1 + exp(-x)). */
  SIGMOID
}
