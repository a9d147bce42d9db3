package org.sparkgen.model;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.GaussianDistribution;
import org.nd4j.linalg.api.ops.random.impl.UniformDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.nn.Numbers;

/** Random latent vectors: in bulk for training, by number for samples. */
final class Noise {
  private final Random random;
  private final Normals normals;

  /** A source for the steps of a round. */
  Noise(long seed) {
    random = Nd4j.getRandomFactory().getNewRandomInstance(seed);
    normals = new Normals(seed);
  }

  /** {@code [rows, columns]} of a prior, C order, in the open workspace. */
  INDArray draw(Prior prior, DataType type, long rows, long columns) {
    INDArray result = Nd4j.createUninitialized(type, new long[] {rows, columns}, 'c');
    return switch (prior) {
      case NORMAL -> Nd4j.getExecutioner().exec(new GaussianDistribution(result, 0.0, 1.0), random);
      case UNIFORM ->
          Nd4j.getExecutioner().exec(new UniformDistribution(result, -1.0, 1.0), random);
    };
  }

  /** {@code [rows, columns]} of the standard normal, C order, in the open workspace; faster. */
  INDArray drawNormals(DataType type, long rows, long columns) {
    double[] values = new double[Math.toIntExact(rows * columns)];
    normals.fill(values, 0, values.length);
    return Numbers.array(type, values, rows, columns);
  }

  /** Inputs of a generator as {@link Sampler#inputs} gives them, with latent vectors of a prior. */
  static float[] inputs(Generator generator, Prior prior, long seed, long first, int count) {
    int classes = generator.classes();
    return OneHot.append(
        numbered(prior, seed, first, count, generator.latentSize()),
        generator.latentSize(),
        classes,
        i -> OneHot.classOf(first + i, classes));
  }

  /** Vectors {@code first} to {@code first + count - 1} of the sequence of a seed. */
  private static float[] numbered(Prior prior, long seed, long first, int count, int size) {
    float[] result = new float[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      SplitMix64 source = new SplitMix64(SplitMix64.mix(seed ^ SplitMix64.mix(first + i)));
      for (int j = 0; j < size; j++) {
        result[i * size + j] =
            (float)
                switch (prior) {
                  case NORMAL -> gaussian(source);
                  case UNIFORM -> 2 * source.uniform() - 1;
                };
      }
    }
    return result;
  }

  /** Box and Muller 1958. */
  private static double gaussian(SplitMix64 source) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - source.uniform()));
    return radius * StrictMath.cos(2 * Math.PI * source.uniform());
  }
}
