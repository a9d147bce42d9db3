package org.sparkgen.config;

/** The interval that byte values 0 to 255 are mapped to. */
public enum PixelRange {
  /** [0, 1]. */
  UNIT,
  /** [-1, 1]. */
  SIGNED;

  /** The model's value of a pixel byte, 0 to 255. */
  public float toModel(int pixel) {
    return switch (this) {
      case UNIT -> pixel / 255f;
      case SIGNED -> pixel / 127.5f - 1f;
    };
  }

  /** The nearest pixel byte, 0 to 255, of a model value; values outside the range are clipped. */
  public int toPixel(float value) {
    float unit = this == UNIT ? value : (value + 1f) / 2f;
    return Math.max(0, Math.min(255, Math.round(unit * 255f)));
  }
}
