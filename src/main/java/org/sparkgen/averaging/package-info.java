/**
 * The arithmetic of a round: snapshots, weighted sums and means, statistics of batch normalisation,
 * the outer optimizer's step, and the moving average of the weights. Arrays and counts only; no
 * model, no Spark.
 */
package org.sparkgen.averaging;
