package org.sparkgen.ml;

import java.util.Optional;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The params that the estimator and its model share, named and reached as everywhere in Spark ML.
 *
 * @param <S> what a setter returns
 */
public interface SharedParams<S extends SharedParams<S>> extends Params {
  /** The params themselves. */
  ModelParams shared();

  /** This, as what a setter returns. */
  S self();

  /** The column of examples. */
  default Param<String> inputCol() {
    return shared().inputCol;
  }

  /** The column of examples. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** The column of examples. */
  default S setInputCol(String value) {
    set(inputCol(), value);
    return self();
  }

  /** The column of class numbers, for models that are told the class. */
  default Param<String> labelCol() {
    return shared().labelCol;
  }

  /** The column of class numbers, for models that are told the class. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** The column of class numbers, for models that are told the class. */
  default S setLabelCol(String value) {
    set(labelCol(), value);
    return self();
  }

  /** The column of texts or whole numbers that tell rows apart. */
  default Param<String> idCol() {
    return shared().idCol;
  }

  /** The column of texts or whole numbers that tell rows apart. */
  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /** The column of texts or whole numbers that tell rows apart. */
  default S setIdCol(String value) {
    set(idCol(), value);
    return self();
  }

  /** The column of latent vectors that is added. */
  default Param<String> latentCol() {
    return shared().latentCol;
  }

  /** The column of latent vectors that is added. */
  default String getLatentCol() {
    return getOrDefault(latentCol());
  }

  /** The column of latent vectors that is added. */
  default S setLatentCol(String value) {
    set(latentCol(), value);
    return self();
  }

  /** The column of reconstructions that is added. */
  default Param<String> reconstructionCol() {
    return shared().reconstructionCol;
  }

  /** The column of reconstructions that is added. */
  default String getReconstructionCol() {
    return getOrDefault(reconstructionCol());
  }

  /** The column of reconstructions that is added. */
  default S setReconstructionCol(String value) {
    set(reconstructionCol(), value);
    return self();
  }

  /** The column of anomaly scores that is added. */
  default Param<String> scoreCol() {
    return shared().scoreCol;
  }

  /** The column of anomaly scores that is added. */
  default String getScoreCol() {
    return getOrDefault(scoreCol());
  }

  /** The column of anomaly scores that is added. */
  default S setScoreCol(String value) {
    set(scoreCol(), value);
    return self();
  }

  /** The kind of score: negative-elbo, negative-log-likelihood or reconstruction. */
  default Param<String> score() {
    return shared().score;
  }

  /** The kind of score: negative-elbo, negative-log-likelihood or reconstruction. */
  default String getScore() {
    return getOrDefault(score());
  }

  /** The kind of score: negative-elbo, negative-log-likelihood or reconstruction. */
  default S setScore(String value) {
    set(score(), value);
    return self();
  }

  /** Latent samples per example for scores in nats. */
  default IntParam scoreSamples() {
    return shared().scoreSamples;
  }

  /** Latent samples per example for scores in nats. */
  default int getScoreSamples() {
    return (Integer) getOrDefault(scoreSamples());
  }

  /** Latent samples per example for scores in nats. */
  default S setScoreSamples(int value) {
    set(scoreSamples(), value);
    return self();
  }

  /** What becomes of rows that can't be used: keep, skip or error. */
  default Param<String> handleInvalid() {
    return shared().handleInvalid;
  }

  /** What becomes of rows that can't be used: keep, skip or error. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /** What becomes of rows that can't be used: keep, skip or error. */
  default S setHandleInvalid(String value) {
    set(handleInvalid(), value);
    return self();
  }

  /** A param's value; empty if it has none. */
  default <T> Optional<T> value(Param<T> param) {
    return isDefined(param) ? Optional.of(getOrDefault(param)) : Optional.empty();
  }
}
