package org.sparkgen.model;

/** Can draw new examples, because its latent vectors have a known distribution. */
public interface Sampler extends Generator {
  /**
   * Inputs of the generator, with latent vectors of the prior; number i depends on the seed, i and
   * the choice only.
   *
   * @param seed of the whole sequence
   * @param first number of the first input
   * @param count how many
   * @return {@code count * inputSize} numbers, input after input
   */
  float[] inputs(long seed, long first, int count, SampleChoice choice);

  /** As the other, of all classes in turn and from the whole prior. */
  default float[] inputs(long seed, long first, int count) {
    return inputs(seed, first, count, SampleChoice.all());
  }
}
