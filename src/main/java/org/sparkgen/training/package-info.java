/**
 * Local training of one shard and the logic of the epoch loop: which batches a round covers, seeds,
 * listeners, health checks. It knows models and snapshots, no cluster.
 */
package org.sparkgen.training;
