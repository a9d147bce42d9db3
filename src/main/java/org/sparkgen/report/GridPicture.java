package org.sparkgen.report;

/**
 * The samples of a round.
 *
 * @param round rounds finished when they were drawn; 0 for the untrained model
 * @param picture the sample grid
 */
public record GridPicture(int round, Png picture) {}
