package org.sparkgen.data;

/**
 * How the stored rows and columns of a picture have to be turned to look upright (EXIF, TIFF 6).
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  RIGHT_TOP(true, true, false),
  TRANSVERSED(true, true, true),
  LEFT_BOTTOM(true, false, true);

  private final boolean swapsAxes;
  private final boolean mirrorsColumns;
  private final boolean mirrorsRows;

  Orientation(boolean swapsAxes, boolean mirrorsColumns, boolean mirrorsRows) {
    this.swapsAxes = swapsAxes;
    this.mirrorsColumns = mirrorsColumns;
    this.mirrorsRows = mirrorsRows;
  }

  /** The orientation of an EXIF tag value, 1 to 8; upright for any other. */
  static Orientation ofExif(int value) {
    return value < 1 || value > values().length ? UPRIGHT : values()[value - 1];
  }

  /** Whether rows of the stored picture are columns of the upright one. */
  boolean swapsAxes() {
    return swapsAxes;
  }

  /** The index in a stored picture of {@code storedHeight x storedWidth} of an upright pixel. */
  int storedIndex(int y, int x, int storedHeight, int storedWidth) {
    int uprightHeight = swapsAxes ? storedWidth : storedHeight;
    int uprightWidth = swapsAxes ? storedHeight : storedWidth;
    int fromTop = mirrorsRows ? uprightHeight - 1 - y : y;
    int fromLeft = mirrorsColumns ? uprightWidth - 1 - x : x;
    return swapsAxes ? fromLeft * storedWidth + fromTop : fromTop * storedWidth + fromLeft;
  }
}
