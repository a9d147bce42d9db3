package org.sparkgen.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** Names of PNG files that are made of examples. */
final class PictureNames {
  private static final String[] PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp"};
  private static final String PNG = ".png";

  /** What every file system takes. */
  private static final String SAFE = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";

  private static final int KEPT = 40;
  private static final int DIGITS = 10;

  private PictureNames() {}

  /**
   * The name below a folder: of a picture file its own with another ending, of one example of many
   * a number below the file's name. Names of folders and files that are not of letters, digits,
   * dots, dashes and underscores, or too long, are shortened to such and end with a digest.
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
    String safe =
        Arrays.stream(file.split("/")).map(PictureNames::safe).collect(Collectors.joining("/"));
    // Two pictures may differ in their endings only.
    return picture ? safe + PNG : "%s/%09d%s".formatted(safe, index, PNG);
  }

  private static String safe(String part) {
    if (part.matches(SAFE)) {
      return part;
    }
    String readable = "x" + part.replaceAll("[^A-Za-z0-9._-]", "-");
    return readable.substring(0, Math.min(KEPT, readable.length()))
        + "-"
        + DigestUtils.sha256Hex(part).substring(0, DIGITS);
  }
}
