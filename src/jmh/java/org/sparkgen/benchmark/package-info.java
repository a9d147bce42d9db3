/**
 * What the application is measured with: benchmarks of its parts (JMH), and stock DL4J trained on
 * the same workloads. None of it is shipped.
 */
package org.sparkgen.benchmark;
