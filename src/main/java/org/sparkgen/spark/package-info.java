/**
 * The only door to RDDs and Datasets: example shards, the averaging round, distributed evaluation
 * and writers.
 */
package org.sparkgen.spark;
