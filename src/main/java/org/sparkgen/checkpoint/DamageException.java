package org.sparkgen.checkpoint;

/** Stored bytes are not what was written; the message is a sentence without its full stop. */
final class DamageException extends Exception {
  private static final long serialVersionUID = 1L;

  DamageException(String message) {
    super(message);
  }

  DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
