package org.sparkgen.benchmark;

/** Stock DL4J that learns from images. */
interface StockTrainer {
  /** Trains one epoch; returns the number of images. */
  long epoch(int epoch);

  /** DL4J's score of the latest batch, which shows that something is learned. */
  double score();

  /** In words, what is trained by what. */
  String description();
}
