package org.sparkgen.config;

/**
 * The discriminator of a GAN or VAE-GAN.
 *
 * @param objective the pair of losses
 * @param labelSmoothing one-sided: the target for real examples is 1 minus this
 * @param discriminatorActivation hidden activation of the discriminator
 * @param spectralNorm whether its weight matrices are divided by their largest singular value
 * @param instanceNoise standard deviation of the noise on all that it sees, at the start, in the
 *     model's pixel values
 * @param instanceNoiseEpochs epochs over which that noise falls linearly to 0; 0: it stays
 * @param augmentation random changes of all that it sees
 */
public record AdversaryConfig(
    @Doc("The pair of losses.") @Default("non-saturating") AdversarialObjective objective,
    @Doc("One-sided label smoothing: real examples have the target 1 minus this.")
        @Default("0.0")
        @Within(min = 0, max = 0.5)
        double labelSmoothing,
    @Doc("Hidden activation of the discriminator.") @Default("leaky-relu")
        Activation discriminatorActivation,
    @Doc("Spectral normalisation of the discriminator.") @Default("false") boolean spectralNorm,
    @Doc(
            "Standard deviation of Gaussian noise on everything that the discriminator sees, in"
                + " the model's pixel values: of model.pixelRange, unit is 1 wide and signed 2; 0: none.")
        @Default("0.0")
        @Within(min = 0, max = 10)
        double instanceNoise,
    @Doc("Epochs over which that noise falls linearly to 0; 0: it stays.")
        @Default("0")
        @Within(min = 0)
        int instanceNoiseEpochs,
    @Doc("Differentiable augmentation of everything that the discriminator sees; for small data.")
        AugmentationConfig augmentation) {}
