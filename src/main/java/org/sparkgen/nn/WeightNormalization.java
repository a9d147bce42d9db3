package org.sparkgen.nn;

/** What a network computes with in place of its weight matrices. */
public enum WeightNormalization {
  /** The weights themselves. */
  NONE,
  /** The weights divided by their largest singular value (Miyato et al. 2018). */
  SPECTRAL
}
