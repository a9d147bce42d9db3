package org.sparkgen.config;

import java.util.regex.Pattern;

/** Keeps secrets out of everything that is printed or written. */
public final class Secrets {
  /** What stands in the place of a secret. */
  public static final String MASK = "***";

  private static final Pattern SECRET_KEY =
      Pattern.compile("secret|password|passwd|token|credential|key$", Pattern.CASE_INSENSITIVE);

  // A colon that digits and a slash follow begins a port, and an at sign after it belongs to a
  // path.
  private static final Pattern USER_INFO =
      Pattern.compile("://[^/@:\\s]*:(?!\\d+(?:/|\\s|$))[^@\\s]*@");

  private Secrets() {}

  /** Whether a URI holds a user and a password, as in {@code s3a://key:secret@bucket}. */
  public static boolean hasUserInfo(String uri) {
    return USER_INFO.matcher(uri).find();
  }

  /** A text without the users and passwords of the URIs in it. */
  public static String maskUserInfo(String text) {
    return USER_INFO.matcher(text).replaceAll("://" + MASK + "@");
  }

  /** The value of a key as it may be shown: masked if the key names a secret. */
  public static String mask(String key, String value) {
    return SECRET_KEY.matcher(key).find() ? MASK : maskUserInfo(value);
  }
}
