/**
 * Spark ML's door to the jobs: an {@code Estimator} that trains a model on a DataFrame and a {@code
 * Model} that adds what it says as columns, both with Spark ML's params, names and persistence. It
 * translates; what is trained, computed and saved is known below.
 */
package org.sparkgen.ml;
