package org.sparkgen.nn;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * A network before it has parameters.
 *
 * @param name the role: encoder, decoder, generator, discriminator
 * @param layers the stock DL4J configuration that the network is computed from
 * @param inputShape shape of one input, {@code [F]} or {@code [C,H,W]}
 * @param head what turns the raw output into the published one
 * @param normalization what it computes with in place of its weights
 * @param clipNorm largest norm of the gradient that a step is made of; 0: any
 */
record NetDefinition(
    String name,
    MultiLayerConfiguration layers,
    List<Long> inputShape,
    Head head,
    WeightNormalization normalization,
    double clipNorm) {}
