package org.sparkgen.config;

/**
 * Generative adversarial network.
 *
 * @param family {@code gan}
 * @param latent size of the generator's input
 * @param prior distribution of the generator's input
 * @param adversary the discriminator and its losses
 * @param training whether the players take turns
 * @param discriminatorSteps discriminator updates per generator update
 * @param pixelRange range of pixels and of the generator's output
 * @param classes classes whose labels steer both players; 0: none
 * @param network layers of the discriminator; the generator mirrors them
 */
public record GanConfig(
    @Doc("The kind of model; decides which of these keys there are.") Family family,
    @Doc("Size of the generator's input.") @Default("64") @Within(min = 1, max = 65_536) int latent,
    @Doc("Distribution of the generator's input.") @Default("normal") Prior prior,
    @Inline AdversaryConfig adversary,
    @Doc(
            "two-stage: the generator learns from the updated discriminator; one-stage: both from"
                + " the weights before the step, and the discriminator sees the generated examples"
                + " once.")
        @Default("two-stage")
        Training training,
    @Doc("Discriminator updates per generator update; 1 in one-stage training.")
        @Default("1")
        @Within(min = 1, max = 100)
        int discriminatorSteps,
    @Doc("Range of the pixels: unit [0, 1] with a sigmoid, signed [-1, 1] with a tanh output.")
        @Default("signed")
        PixelRange pixelRange,
    @Doc("Number of classes; both players are told labels, 0 to classes - 1. 0: they are not.")
        @Default("0")
        @Within(min = 0, max = 10_000)
        int classes,
    @Inline NetworkConfig network)
    implements ModelConfig {

  /** Whether the players take turns, or learn at once (Shen et al. 2021). */
  public enum Training {
    /** Alternating: first the discriminator, then, through its new weights, the generator. */
    TWO_STAGE,
    /** Simultaneous: both from the weights before the step. */
    ONE_STAGE
  }

  /** Distribution of the generator's input. */
  public enum Prior {
    /** Standard normal. */
    NORMAL,
    /** Uniform in [-1, 1]. */
    UNIFORM
  }
}
