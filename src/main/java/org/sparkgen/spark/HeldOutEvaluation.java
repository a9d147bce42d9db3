package org.sparkgen.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.LossSums;
import org.sparkgen.model.Evaluable;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.RunBatches;
import org.sparkgen.training.Seeds;

/** The losses of a model on examples that it was not trained on, computed by Spark. */
public final class HeldOutEvaluation {
  private static final String PURPOSE = "heldOut";

  private final JavaSparkContext context;
  private final JavaRDD<List<ExampleBlock>> shards;
  private final String configuration;

  /**
   * An evaluation over given shards.
   *
   * @param shards packed examples, persisted, one partition per shard
   * @param configuration the run's effective configuration as text; its model must be {@link
   *     Evaluable}
   */
  public HeldOutEvaluation(JavaRDD<List<ExampleBlock>> shards, String configuration) {
    this.context = JavaSparkContext.fromSparkContext(shards.context());
    this.shards = shards;
    this.configuration = configuration;
  }

  /** Loss name to mean per example, the same to the bit for the same model and shards. */
  public Map<String, Double> run(Snapshot snapshot, String label) {
    try (JobLabel job = new JobLabel(context);
        ModelBroadcast model = new ModelBroadcast(context, configuration, snapshot)) {
      job.describe(label + ": evaluate held-out examples");
      LossSums total = new LossSums();
      List<LossSums> parts =
          shards
              .mapPartitionsWithIndex(
                  (shard, blocks) -> List.of(sums(model, shard, blocks.next())).iterator(), true)
              .collect();
      parts.forEach(total::merge);
      return total.means();
    } catch (Exception e) {
      throw ClusterFailure.explain(label + ": evaluating held-out examples", e);
    }
  }

  private static LossSums sums(ModelBroadcast broadcast, int shard, List<ExampleBlock> blocks) {
    RunConfig config = broadcast.config();
    BatchAssembler batches = RunBatches.forEvaluation(config, blocks);
    long seed = Seeds.samples(config.run().seed(), PURPOSE, shard);
    return broadcast.use(
        model -> {
          LossSums sums = new LossSums();
          for (int i = 0; i < batches.batchCount(); i++) {
            Batch batch = batches.batch(i);
            long noise = seed + i;
            sums.add(
                StepWorkspace.compute(() -> ((Evaluable) model).evaluate(batch, noise)).means(),
                batch.size());
          }
          return sums;
        });
  }
}
