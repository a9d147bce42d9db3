/**
 * The families: two or three networks and a training step, and what each family can do (sample,
 * encode, reconstruct). It knows batches, not where they come from, and no averaging.
 */
package org.sparkgen.model;
