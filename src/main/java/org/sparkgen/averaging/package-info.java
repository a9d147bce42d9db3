/**
 * The arithmetic of a round: snapshots, weighted sums and means, statistics of batch normalisation.
 * Arrays and counts only; no model, no Spark.
 */
package org.sparkgen.averaging;
