package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.training.ShardReport;
import org.sparkgen.training.ShardResult;
import org.sparkgen.training.ShardTask;
import org.sparkgen.training.ShardTrainer;

/**
 * A trainer without a model: adds the mean of a shard's values to every parameter, and their number
 * to the iteration counter. Misbehaves on demand.
 */
final class ArithmeticTrainer implements ShardTrainer {
  private static final long serialVersionUID = 1L;

  /** What goes wrong in shard 1. */
  enum Fault {
    NONE,
    FIRST_ATTEMPT_FAILS,
    EVERY_ATTEMPT_FAILS,
    REPORTS_NAN,
    HIDES_INFINITY
  }

  private final Fault fault;

  ArithmeticTrainer(Fault fault) {
    this.fault = fault;
  }

  /** Shards of numeric rows of one value each, in partitions of their own. */
  static JavaRDD<List<ExampleBlock>> shards(JavaSparkContext context, float[]... values) {
    List<List<ExampleBlock>> shards = new ArrayList<>();
    for (float[] v : values) {
      // Not List.of: Kryo can't read the JDK's unmodifiable lists.
      List<ExampleBlock> blocks = new ArrayList<>();
      blocks.add(ExampleBlock.ofRows(v, new int[v.length], new long[v.length]));
      shards.add(blocks);
    }
    return context.parallelize(shards, shards.size()).cache();
  }

  @Override
  public ShardResult train(Snapshot start, List<ExampleBlock> shard, ShardTask task) {
    if (task.shard() == 1) {
      fail();
    }
    double sum = 0;
    int count = 0;
    for (ExampleBlock block : shard) {
      for (float value : block.values()) {
        sum += value;
        count++;
      }
    }
    if (count == 0) {
      return new ShardResult(
          start, new ShardReport(task.shard(), 0, Map.of(), Map.of("step", 0.0), null));
    }
    return result(start, task.shard(), (float) (sum / count), count);
  }

  private ShardResult result(Snapshot start, int shard, float change, int count) {
    Map<String, NetState> nets = new HashMap<>();
    start.nets().forEach((name, net) -> nets.put(name, moved(net, change, count)));
    boolean second = shard == 1;
    if (second && fault == Fault.HIDES_INFINITY) {
      nets.values().iterator().next().updater()[0] = Float.POSITIVE_INFINITY;
    }
    Optional<String> place =
        second && fault == Fault.REPORTS_NAN
            ? Optional.of("loss 'elbo' of batch 3 is NaN")
            : Optional.empty();
    return new ShardResult(
        new Snapshot(nets),
        new ShardReport(
            shard,
            count,
            Map.of("loss", (double) change),
            Map.of("step", 0.5),
            place.orElse(null)));
  }

  private static NetState moved(NetState net, float change, int count) {
    return new NetState(
        plus(net.parameters(), change), plus(net.updater(), -change), net.iteration() + count);
  }

  private static float[] plus(float[] values, float change) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] += change * (i + 1);
    }
    return result;
  }

  private void fail() {
    boolean first = TaskContext.get().attemptNumber() == 0;
    if (fault == Fault.EVERY_ATTEMPT_FAILS || (fault == Fault.FIRST_ATTEMPT_FAILS && first)) {
      throw new IllegalStateException("a fault that the test asked for");
    }
  }
}
