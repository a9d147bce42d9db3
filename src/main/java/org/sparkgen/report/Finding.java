package org.sparkgen.report;

/**
 * Something a reader should know of a run.
 *
 * @param severity how much it should worry
 * @param sentence one or two whole sentences in plain words
 */
public record Finding(Severity severity, String sentence) {}
