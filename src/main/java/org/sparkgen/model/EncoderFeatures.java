package org.sparkgen.model;

/** Has an encoder in whose last hidden layer examples can be compared. */
public interface EncoderFeatures {
  /** That layer. */
  HiddenLayer encoderFeatures();
}
