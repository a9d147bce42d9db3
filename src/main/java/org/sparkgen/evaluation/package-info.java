/** Metrics of a model as mergeable sums, so that any number of tasks can compute parts of them. */
package org.sparkgen.evaluation;
