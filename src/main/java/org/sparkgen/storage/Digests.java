package org.sparkgen.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** SHA-256, as hexadecimal text. */
public final class Digests {
  private static final int BUFFER_BYTES = 1 << 16;

  private Digests() {}

  /** A new SHA-256 computation. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The finished computation's 64 digits, lower case. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of the bytes, 64 digits, lower case. */
  public static String sha256(byte[] bytes) {
    MessageDigest digest = newSha256();
    digest.update(bytes);
    return hex(digest);
  }

  /** SHA-256 of all that the stream holds, 64 digits, lower case; closes the stream. */
  public static String sha256(InputStream stream) {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new JobException(ExitCode.STORAGE, "can't read a stream: " + e.getMessage(), e);
    }
    return hex(digest);
  }
}
