package org.sparkgen.evaluation;

/**
 * Share of examples to which a classifier gives the expected class.
 *
 * @param value the share, 0 to 1
 * @param standardError that of a binomial proportion
 * @param examples that the share is of
 */
public record ClassAgreement(double value, double standardError, long examples) {
  static ClassAgreement of(long equal, long examples) {
    Checks.atLeast(1, examples, "the share of agreeing classes", "examples");
    double share = (double) equal / examples;
    return new ClassAgreement(share, Math.sqrt(share * (1 - share) / examples), examples);
  }
}
