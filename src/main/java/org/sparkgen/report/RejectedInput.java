package org.sparkgen.report;

/**
 * An input that was not used.
 *
 * @param source its path, or path and position
 * @param reason why not
 */
public record RejectedInput(String source, String reason) {}
