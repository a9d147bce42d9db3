package org.sparkgen.spark;

import org.sparkgen.evaluation.FeatureFacts;

/**
 * The network in whose features a run's examples are compared.
 *
 * @param source the network itself
 * @param facts what is stated of it wherever distances are
 * @param classes that it tells apart; 0 if it gives features only
 */
public record FeatureNet(FeatureSource source, FeatureFacts facts, int classes) {}
