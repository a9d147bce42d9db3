package org.sparkgen.model;

/** A family of models that learn to make examples: two or three networks and a training step. */
public sealed interface GenerativeModel extends Trainable
    permits AutoencoderModel, GanModel, VaeGanModel {}
