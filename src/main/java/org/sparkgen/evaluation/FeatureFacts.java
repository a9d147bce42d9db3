package org.sparkgen.evaluation;

import java.util.OptionalDouble;

/**
 * The network in whose features distances were measured: stated wherever they are.
 *
 * @param path the classifier's output folder, or the network's file
 * @param sha256 digest of the classifier's weights, or of the file
 * @param accuracy the classifier's share of right classes; empty for a user's network
 * @param measuredOn the examples that the accuracy is of: {@code held-out} or {@code training}
 *     ones; empty without accuracy
 * @param features numbers per example
 */
public record FeatureFacts(
    String path, String sha256, OptionalDouble accuracy, String measuredOn, int features) {}
