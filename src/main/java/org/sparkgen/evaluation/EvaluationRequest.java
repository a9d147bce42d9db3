package org.sparkgen.evaluation;

/**
 * What is to be measured besides the losses.
 *
 * @param importanceSamples latent samples per example for log p(x); 0: it is not estimated
 * @param samples generated examples to compare with real ones; 0: none
 * @param mostExamples real examples that are used at most
 */
public record EvaluationRequest(int importanceSamples, int samples, int mostExamples) {}
