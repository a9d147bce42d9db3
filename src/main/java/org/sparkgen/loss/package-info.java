/**
 * Pure functions on arrays: values and gradients of likelihoods, divergences and adversarial
 * objectives, each with its reduction stated.
 */
package org.sparkgen.loss;
