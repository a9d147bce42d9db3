package org.sparkgen.job;

import java.util.Optional;

/**
 * Two runs to compare.
 *
 * @param a output folder of a training
 * @param b that of another one
 * @param to file for the page, if one is wanted
 */
public record CompareRequest(String a, String b, Optional<String> to) {}
