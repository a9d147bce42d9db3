package org.sparkgen.model;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which samples are drawn: of which classes, and how far from the middle of the prior.
 *
 * <p>A final class around arrays because it travels through Spark.
 */
public final class SampleChoice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The fractional part of the golden ratio: its multiples fill the unit interval evenly. */
  private static final double GOLDEN = 0.6180339887498949;

  /** All classes in turn, from the whole prior. */
  private static final SampleChoice ALL =
      new SampleChoice(new int[0], new double[0], Double.POSITIVE_INFINITY);

  private final int[] classes;
  private final double[] shares;
  private final double truncation;

  private SampleChoice(int[] classes, double[] shares, double truncation) {
    this.classes = classes;
    this.shares = shares;
    this.truncation = truncation;
  }

  /** All classes in turn, from the whole prior. */
  public static SampleChoice all() {
    return ALL;
  }

  /**
   * The same of certain classes; sample i is of a class that its number decides, so that the first
   * samples, however many, have about the shares of all.
   *
   * @param numbers distinct class numbers, at least one
   * @param weights as many, above 0, whose sum need not be 1
   */
  public SampleChoice of(int[] numbers, double[] weights) {
    double all = Arrays.stream(weights).sum();
    double[] normalized = Arrays.stream(weights).map(weight -> weight / all).toArray();
    return new SampleChoice(numbers.clone(), normalized, truncation);
  }

  /**
   * The same with numbers of latent vectors drawn again until none is farther from 0 (Brock,
   * Donahue and Simonyan 2019): samples become more typical and less diverse.
   *
   * @param farthest above 0
   */
  public SampleChoice within(double farthest) {
    return new SampleChoice(classes, shares, farthest);
  }

  /** The class of a sample of a model that has so many. */
  public int classOf(long sample, int modelClasses) {
    if (classes.length == 0) {
      return OneHot.classOf(sample, modelClasses);
    }
    double place = sample * GOLDEN % 1;
    int chosen = 0;
    while (chosen < classes.length - 1 && place >= shares[chosen]) {
      place -= shares[chosen++];
    }
    return classes[chosen];
  }

  /** How far from 0 a number of a latent vector may be. */
  double truncation() {
    return truncation;
  }
}
