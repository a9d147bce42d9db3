/**
 * Metrics of a model as mergeable sums, so that any number of tasks can compute parts of them.
 *
 * <p>In come numbers that networks have made of examples: losses, latent means, log weights,
 * predicted classes, rows of features. The sums are Serializable, in double precision, and merged
 * in the same order give the same bits; {@code result()} makes a record with the value, its error
 * where it has one, and the numbers of examples behind it. The rooms that know Spark, jobs and
 * reports read it. Nothing here knows networks, Spark or files.
 */
package org.sparkgen.evaluation;
