package org.sparkgen.model;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.nn.Numbers;

/**
 * Random numbers of a prior, the same on every machine: a function of the seed and of the draws
 * before.
 */
final class Noise {
  private final SplitMix64 source;
  private final Normals normals;

  /** The numbers of a seed. */
  Noise(long seed) {
    source = new SplitMix64(seed);
    normals = new Normals(source);
  }

  /** {@code [rows, columns]} of a prior, C order, in the open workspace. */
  INDArray draw(Prior prior, DataType type, long rows, long columns) {
    double[] values = new double[Math.toIntExact(rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = next(prior);
    }
    return Numbers.array(type, values, rows, columns);
  }

  /** The next number that is no farther from 0 than it may be. */
  private double next(Prior prior, double truncation) {
    double number = next(prior);
    while (Math.abs(number) > truncation) {
      number = next(prior);
    }
    return number;
  }

  private double next(Prior prior) {
    return switch (prior) {
      case NORMAL -> normals.next();
      case UNIFORM -> 2 * source.uniform() - 1;
    };
  }

  /** Inputs of a generator as {@link Sampler#inputs} gives them, with latent vectors of a prior. */
  static float[] inputs(
      Generator generator, Prior prior, long seed, long first, int count, SampleChoice choice) {
    int classes = generator.classes();
    return OneHot.append(
        numbered(prior, seed, first, count, generator.latentSize(), choice.truncation()),
        generator.latentSize(),
        classes,
        i -> choice.classOf(first + i, classes));
  }

  /** Vectors {@code first} to {@code first + count - 1} of the sequence of a seed. */
  private static float[] numbered(
      Prior prior, long seed, long first, int count, int size, double truncation) {
    float[] result = new float[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      Noise noise = new Noise(SplitMix64.mix(seed ^ SplitMix64.mix(first + i)));
      for (int j = 0; j < size; j++) {
        result[i * size + j] = (float) noise.next(prior, truncation);
      }
    }
    return result;
  }
}
