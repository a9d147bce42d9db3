package org.sparkgen.data;

/** An example that can't be used; the message is the reason, as it is shown to the user. */
public final class UnreadableExampleException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a reason that needs no other explanation. */
  public UnreadableExampleException(String reason) {
    super(reason);
  }

  /** With a reason and the exception that it was learned from. */
  public UnreadableExampleException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
