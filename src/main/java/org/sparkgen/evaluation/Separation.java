package org.sparkgen.evaluation;

/**
 * How well a score tells foreign examples from others.
 *
 * @param area the area under the receiver operating characteristic: the probability that a foreign
 *     example's score is above another's, equal ones counted half (Hanley and McNeil 1982); 0.5 by
 *     chance, 1 if it always is
 * @param foreign number of foreign examples
 * @param others number of the others
 */
public record Separation(double area, long foreign, long others) {}
