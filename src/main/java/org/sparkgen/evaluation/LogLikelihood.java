package org.sparkgen.evaluation;

/**
 * Mean log p(x), estimated by importance sampling.
 *
 * @param value nats per example
 * @param standardError of the mean over examples, in nats; NaN for one example. That of the
 *     importance samples is not in it, nor their bias, which is downward.
 * @param examples that the mean is over
 * @param samples importance samples per example
 */
public record LogLikelihood(double value, double standardError, long examples, long samples) {}
