package org.sparkgen.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * The params of a training beside those that its model has, too.
 *
 * @param <S> what a setter returns
 */
public interface TrainingParams<S extends TrainingParams<S>> extends SharedParams<S> {
  /** The params themselves. */
  FitParams training();

  /**
   * Configuration in HOCON, as train reads it, without data.path and output.path. Params that are
   * set win.
   */
  default Param<String> config() {
    return training().config;
  }

  /**
   * Configuration in HOCON, as train reads it, without data.path and output.path. Params that are
   * set win.
   */
  default String getConfig() {
    return getOrDefault(config());
  }

  /**
   * Configuration in HOCON, as train reads it, without data.path and output.path. Params that are
   * set win.
   */
  default S setConfig(String value) {
    set(config(), value);
    return self();
  }

  /** Model family: autoencoder, vae, beta-vae or vae-gan. */
  default Param<String> family() {
    return training().family;
  }

  /** Model family: autoencoder, vae, beta-vae or vae-gan. */
  default String getFamily() {
    return getOrDefault(family());
  }

  /** Model family: autoencoder, vae, beta-vae or vae-gan. */
  default S setFamily(String value) {
    set(family(), value);
    return self();
  }

  /** Size of the latent vector. */
  default IntParam latent() {
    return training().latent;
  }

  /** Size of the latent vector. */
  default int getLatent() {
    return (Integer) getOrDefault(latent());
  }

  /** Size of the latent vector. */
  default S setLatent(int value) {
    set(latent(), value);
    return self();
  }

  /** Passes over the training rows. */
  default IntParam epochs() {
    return training().epochs;
  }

  /** Passes over the training rows. */
  default int getEpochs() {
    return (Integer) getOrDefault(epochs());
  }

  /** Passes over the training rows. */
  default S setEpochs(int value) {
    set(epochs(), value);
    return self();
  }

  /** Examples per update of one shard. */
  default IntParam batchSize() {
    return training().batchSize;
  }

  /** Examples per update of one shard. */
  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /** Examples per update of one shard. */
  default S setBatchSize(int value) {
    set(batchSize(), value);
    return self();
  }

  /** Step size. */
  default DoubleParam learningRate() {
    return training().learningRate;
  }

  /** Step size. */
  default double getLearningRate() {
    return (Double) getOrDefault(learningRate());
  }

  /** Step size. */
  default S setLearningRate(double value) {
    set(learningRate(), value);
    return self();
  }

  /** K, the number of logical shards, each of which trains a copy between averagings. */
  default IntParam shards() {
    return training().shards;
  }

  /** K, the number of logical shards, each of which trains a copy between averagings. */
  default int getShards() {
    return (Integer) getOrDefault(shards());
  }

  /** K, the number of logical shards, each of which trains a copy between averagings. */
  default S setShards(int value) {
    set(shards(), value);
    return self();
  }

  /** The one source of all randomness. */
  default LongParam seed() {
    return training().seed;
  }

  /** The one source of all randomness. */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** The one source of all randomness. */
  default S setSeed(long value) {
    set(seed(), value);
    return self();
  }

  /** Rows of pixels that every image is converted to. */
  default IntParam height() {
    return training().height;
  }

  /** Rows of pixels that every image is converted to. */
  default int getHeight() {
    return (Integer) getOrDefault(height());
  }

  /** Rows of pixels that every image is converted to. */
  default S setHeight(int value) {
    set(height(), value);
    return self();
  }

  /** Columns of pixels that every image is converted to. */
  default IntParam width() {
    return training().width;
  }

  /** Columns of pixels that every image is converted to. */
  default int getWidth() {
    return (Integer) getOrDefault(width());
  }

  /** Columns of pixels that every image is converted to. */
  default S setWidth(int value) {
    set(width(), value);
    return self();
  }

  /** Channels that every image is converted to: 1 (grey), 3 (RGB) or 4 (RGB and alpha). */
  default IntParam channels() {
    return training().channels;
  }

  /** Channels that every image is converted to: 1 (grey), 3 (RGB) or 4 (RGB and alpha). */
  default int getChannels() {
    return (Integer) getOrDefault(channels());
  }

  /** Channels that every image is converted to: 1 (grey), 3 (RGB) or 4 (RGB and alpha). */
  default S setChannels(int value) {
    set(channels(), value);
    return self();
  }

  /** Boolean column, true in rows that are held out from training to measure on. */
  default Param<String> validationIndicatorCol() {
    return training().validationIndicatorCol;
  }

  /** Boolean column, true in rows that are held out from training to measure on. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /** Boolean column, true in rows that are held out from training to measure on. */
  default S setValidationIndicatorCol(String value) {
    set(validationIndicatorCol(), value);
    return self();
  }

  /**
   * Folder for checkpoints, report and networks, on any Hadoop path; the same fit goes on from
   * there.
   */
  default Param<String> outputPath() {
    return training().outputPath;
  }

  /**
   * Folder for checkpoints, report and networks, on any Hadoop path; the same fit goes on from
   * there.
   */
  default String getOutputPath() {
    return getOrDefault(outputPath());
  }

  /**
   * Folder for checkpoints, report and networks, on any Hadoop path; the same fit goes on from
   * there.
   */
  default S setOutputPath(String value) {
    set(outputPath(), value);
    return self();
  }
}
