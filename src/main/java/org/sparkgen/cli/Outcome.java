package org.sparkgen.cli;

/**
 * What the command line says of a job that succeeded.
 *
 * @param status one word for the RESULT line, such as {@code complete} or {@code already-complete}
 * @param reason one sentence for the RESULT line
 * @param text what goes to standard output, with its line breaks; may be empty
 */
public record Outcome(String status, String reason, String text) {}
