/**
 * The typed description of a run. A file and overrides come in, one RunConfig or one report of
 * every problem goes out; every other package reads it and none writes it. It knows no Spark, no
 * Hadoop and no arrays.
 */
package org.sparkgen.config;
