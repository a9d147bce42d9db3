package org.sparkgen.spark;

import java.util.Arrays;
import java.util.Locale;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** Names of PNG files that are made of examples. */
final class PictureNames {
  private static final String[] PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp"};

  private PictureNames() {}

  /**
   * The name below a folder: of a picture file its own with another ending, of one example of many
   * a number below the file's name.
   *
   * @param file path of the example's file below the root of its listing
   * @throws JobException INPUT if the path leads out of the folder
   */
  static String of(String file, long index) {
    boolean leaves = Arrays.asList(file.split("/", -1)).contains("..") || file.startsWith("/");
    if (leaves || file.isBlank() || file.contains("://")) {
      throw new JobException(
          ExitCode.INPUT, "'%s' in the column 'file' is no path below a folder".formatted(file));
    }
    String lower = file.toLowerCase(Locale.ROOT);
    boolean picture = index == 0 && Arrays.stream(PICTURES).anyMatch(lower::endsWith);
    // Two pictures may differ in their endings only.
    return picture ? file + ".png" : "%s/%09d.png".formatted(file, index);
  }
}
