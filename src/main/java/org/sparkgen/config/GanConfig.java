package org.sparkgen.config;

/**
 * Generative adversarial network.
 *
 * @param family {@code gan}
 * @param latent size of the generator's input
 * @param prior distribution of the generator's input
 * @param objective the pair of losses
 * @param training whether the players take turns
 * @param discriminatorSteps discriminator updates per generator update
 * @param labelSmoothing one-sided: the target for real examples is 1 minus this
 * @param pixelRange range of pixels and of the generator's output
 * @param discriminatorActivation hidden activation of the discriminator
 * @param network layers of the discriminator; the generator mirrors them
 */
public record GanConfig(
    @Doc("The kind of model; decides which of these keys there are.") Family family,
    @Doc("Size of the generator's input.") @Default("64") @Within(min = 1, max = 65_536) int latent,
    @Doc("Distribution of the generator's input.") @Default("normal") Prior prior,
    @Doc("The pair of losses.") @Default("non-saturating") AdversarialObjective objective,
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
    @Doc("One-sided label smoothing: real examples have the target 1 minus this.")
        @Default("0.0")
        @Within(min = 0, max = 0.5)
        double labelSmoothing,
    @Doc("Range of the pixels: unit [0, 1] with a sigmoid, signed [-1, 1] with a tanh output.")
        @Default("signed")
        PixelRange pixelRange,
    @Doc("Hidden activation of the discriminator.") @Default("leaky-relu")
        Activation discriminatorActivation,
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
