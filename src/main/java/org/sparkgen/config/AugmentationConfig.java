package org.sparkgen.config;

/**
 * Differentiable augmentation (Zhao et al. 2020), the same for real and generated examples.
 *
 * @param color random brightness, saturation and contrast
 * @param translation random shifts by up to an eighth of each side
 * @param cutout a rectangle of half of each side, in a random place, has the value 0: black in the
 *     unit range, grey in the signed one
 */
public record AugmentationConfig(
    @Doc("Random brightness, saturation and contrast.") @Default("false") boolean color,
    @Doc("Random shifts by up to an eighth of each side.") @Default("false") boolean translation,
    @Doc(
            "A rectangle of half of each side, in a random place, has the value 0: black in the unit"
                + " range, grey in the signed one.")
        @Default("false")
        boolean cutout) {

  /** Whether anything is changed at all. */
  public boolean any() {
    return color || translation || cutout;
  }
}
