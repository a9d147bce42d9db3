package org.sparkgen.config;

/**
 * A classifier, in whose features distances between sets of images are measured.
 *
 * @param family {@code classifier}
 * @param classes number of classes, labelled 0 to classes - 1
 * @param network its layers; the last hidden one holds the features
 */
public record ClassifierConfig(
    @Doc("The kind of model; decides which of these keys there are.") Family family,
    @Doc("Number of classes, labelled 0 to classes - 1.")
        @Default("10")
        @Within(min = 2, max = 10_000)
        int classes,
    @Inline NetworkConfig network)
    implements ModelConfig {
  /** The number of features. */
  @Override
  public int latent() {
    return network.hidden().get(network.hidden().size() - 1);
  }

  @Override
  public PixelRange pixelRange() {
    return PixelRange.UNIT;
  }
}
