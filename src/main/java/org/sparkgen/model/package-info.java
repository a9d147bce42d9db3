/**
 * The families: one to three networks and a training step, and what each family can do (sample,
 * encode, reconstruct, estimate likelihoods, tell classes and features). It knows batches, not
 * where they come from, and no averaging.
 */
package org.sparkgen.model;
