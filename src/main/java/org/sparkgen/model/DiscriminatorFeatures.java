package org.sparkgen.model;

/** Has a discriminator in whose last hidden layer examples can be compared. */
public interface DiscriminatorFeatures {
  /** That layer. */
  HiddenLayer discriminatorFeatures();
}
