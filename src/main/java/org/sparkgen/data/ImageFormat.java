package org.sparkgen.data;

import java.util.Optional;

/** A picture format, known by the first bytes of its files whatever their names. */
enum ImageFormat {
  PNG(new int[] {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
  JPEG(new int[] {0xFF, 0xD8, 0xFF}),
  GIF(new int[] {'G', 'I', 'F', '8'}),
  BMP(new int[] {'B', 'M'});

  @SuppressWarnings("ImmutableEnumChecker") // never handed out
  private final int[] magic;

  ImageFormat(int[] magic) {
    this.magic = magic;
  }

  /** The format of a file, if it is one of these. */
  static Optional<ImageFormat> of(byte[] file) {
    for (ImageFormat format : values()) {
      if (format.begins(file)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] file) {
    if (file.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((file[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
