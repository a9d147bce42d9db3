package org.sparkgen.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.evaluation.ActiveUnits;
import org.sparkgen.evaluation.LatentMoments;
import org.sparkgen.evaluation.LogLikelihood;
import org.sparkgen.evaluation.LogLikelihoodSums;
import org.sparkgen.evaluation.LogMeanExponential;
import org.sparkgen.model.LikelihoodEstimator;
import org.sparkgen.model.Posterior;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.RunBatches;
import org.sparkgen.training.Seeds;

/**
 * Log p(x) by importance sampling and active units, computed by Spark.
 *
 * <p>A final class rather than a record because it travels through Spark.
 */
final class LatentMetrics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String PURPOSE = "logLikelihood";

  /** Tasks per shard, so that few shards keep many cores busy. */
  private static final int PARTS = 8;

  private final LogLikelihoodSums logLikelihood = new LogLikelihoodSums();
  private final LatentMoments moments;

  private LatentMetrics(int latents) {
    this.moments = new LatentMoments(latents);
  }

  /**
   * Measures a model on all examples.
   *
   * @param shards packed examples, one partition per shard
   * @param model its model must be a {@link LikelihoodEstimator}
   * @param samples importance samples per example; 0: log p(x) is not estimated
   */
  static LatentMetrics of(JavaRDD<List<ExampleBlock>> shards, ModelBroadcast model, int samples) {
    LatentMetrics all = new LatentMetrics(model.config().model().latent());
    JavaRDD<LatentMetrics> parts = part(shards, model, samples, 0);
    for (int i = 1; i < PARTS; i++) {
      parts = parts.union(part(shards, model, samples, i));
    }
    parts.collect().forEach(all::merge);
    return all;
  }

  private static JavaRDD<LatentMetrics> part(
      JavaRDD<List<ExampleBlock>> shards, ModelBroadcast model, int samples, int part) {
    return shards.mapPartitionsWithIndex(
        (shard, blocks) -> List.of(measure(model, shard, blocks.next(), samples, part)).iterator(),
        true);
  }

  private static LatentMetrics measure(
      ModelBroadcast broadcast, int shard, List<ExampleBlock> blocks, int samples, int part) {
    RunConfig config = broadcast.config();
    BatchAssembler batches = RunBatches.forEvaluation(config, blocks);
    long seed = Seeds.samples(config.run().seed(), PURPOSE, shard);
    int from = (int) ((long) batches.batchCount() * part / PARTS);
    int to = (int) ((long) batches.batchCount() * (part + 1) / PARTS);
    LatentMetrics metrics = new LatentMetrics(config.model().latent());
    return broadcast.use(
        model -> {
          for (int i = from; i < to; i++) {
            metrics.add((LikelihoodEstimator) model, batches.batch(i), samples, seed + i);
          }
          return metrics;
        });
  }

  private void add(LikelihoodEstimator model, Batch batch, int samples, long noiseSeed) {
    Posterior posterior =
        samples > 0
            ? addLogLikelihood(model, batch, samples, noiseSeed)
            : StepWorkspace.compute(() -> model.posterior(batch));
    moments.add(posterior.means(), posterior.kl());
  }

  private Posterior addLogLikelihood(
      LikelihoodEstimator model, Batch batch, int samples, long noiseSeed) {
    LogMeanExponential weights = new LogMeanExponential(batch.size());
    Posterior posterior =
        model.logWeights(
            batch,
            samples,
            place -> SplitMix64.mix(noiseSeed ^ SplitMix64.mix(place)),
            weights::add);
    logLikelihood.add(weights);
    return posterior;
  }

  private void merge(LatentMetrics other) {
    logLikelihood.merge(other.logLikelihood);
    moments.merge(other.moments);
  }

  /** Empty if it was not estimated. */
  Optional<LogLikelihood> logLikelihood() {
    return logLikelihood.examples() == 0 ? Optional.empty() : Optional.of(logLikelihood.result());
  }

  /** Empty for one example, which has no variance. */
  Optional<ActiveUnits> activeUnits() {
    return moments.examples() < 2 ? Optional.empty() : Optional.of(moments.result());
  }
}
