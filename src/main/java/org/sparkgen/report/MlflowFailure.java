package org.sparkgen.report;

/** An MLflow server didn't do what it was asked for. */
public final class MlflowFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What follows from it. */
  public enum Kind {
    /** Nobody answered, or the server was not well: a later try may succeed. */
    UNREACHABLE,
    /** The server said no, and would again. */
    REFUSED,
    /** The server doesn't know what was asked for. */
    UNKNOWN
  }

  private final Kind kind;

  MlflowFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What follows from it. */
  public Kind kind() {
    return kind;
  }
}
