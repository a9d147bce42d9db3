package org.sparkgen.config;

/**
 * Shape of a row of numbers.
 *
 * @param size numbers per row
 */
public record VectorShape(int size) implements ExampleShape {
  @Override
  public long[] batchOf(long n) {
    return new long[] {n, size};
  }
}
