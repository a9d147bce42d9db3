package org.sparkgen.config;

/**
 * The shape every image is converted to.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 (grey), 3 (RGB) or 4 (RGB and alpha)
 * @param fit what happens to an image of another aspect ratio
 */
public record ImageConfig(
    @Doc("Rows.") @Within(min = 1, max = 4096) int height,
    @Doc("Columns.") @Within(min = 1, max = 4096) int width,
    @Doc("1 (grey), 3 (RGB) or 4 (RGB and alpha).") @Default("1") @Within(min = 1, max = 4)
        int channels,
    @Doc("What happens to an image of another aspect ratio.") @Default("crop") Fit fit) {

  /** What happens to an image of another aspect ratio than the configured one. */
  public enum Fit {
    /** Scale until both sides cover the target, then cut the centre out. */
    CROP,
    /** Scale until both sides fit the target, then fill the rest with black. */
    PAD,
    /** Scale each side by itself. */
    STRETCH
  }
}
