package org.sparkgen.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.PackedFloats;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.SnapshotSlices;
import org.sparkgen.averaging.UpdaterRule;
import org.sparkgen.averaging.WeightedSum;

/** The arithmetic of a round's end, for two shards of a model with Adam's state. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CombineBenchmark {
  private static final int SHARDS = 2;
  private static final long EXAMPLES = 30_000;

  /** Parameters of the model; the optimizer has twice as many numbers. */
  @Param({"650000", "10000000"})
  public int parameters;

  private Snapshot[] snapshots;
  private SnapshotSlices slices;
  private List<PackedFloats> means;

  /** Makes the shards' snapshots, and the means that are put together again. */
  @Setup(Level.Trial)
  public void prepare() {
    snapshots = IntStream.range(0, SHARDS).mapToObj(this::snapshot).toArray(Snapshot[]::new);
    slices = SnapshotSlices.of(snapshots[0], Map.of(), UpdaterRule.AVERAGE).into(SHARDS);
    means = add();
  }

  private Snapshot snapshot(int shard) {
    Random random = new Random(shard);
    float[] weights = new float[parameters];
    float[] moments = new float[2 * parameters];
    for (int i = 0; i < parameters; i++) {
      weights[i] = random.nextFloat();
      moments[2 * i] = random.nextFloat();
    }
    return new Snapshot(Map.of("net", new NetState(weights, moments, 1)));
  }

  /** What the tasks do to send their snapshots: one copy of each, slice by slice. */
  @Benchmark
  public List<PackedFloats> cut() {
    List<PackedFloats> parts = new ArrayList<>();
    for (int slice = 0; slice < slices.count(); slice++) {
      parts.add(slices.slice(snapshots[0], slice));
    }
    return parts;
  }

  /** What the reducers do, all in one thread: cut, add and divide every slice. */
  @Benchmark
  public List<PackedFloats> add() {
    List<PackedFloats> result = new ArrayList<>();
    for (int slice = 0; slice < slices.count(); slice++) {
      WeightedSum sum = new WeightedSum(slices.length(slice));
      for (Snapshot snapshot : snapshots) {
        sum.add(EXAMPLES, slices.slice(snapshot, slice));
      }
      result.add(sum.mean());
    }
    return result;
  }

  /** What the driver does: one model of all slices. */
  @Benchmark
  public Snapshot assemble() {
    return slices.assemble(means, new float[0], new long[] {1});
  }
}
