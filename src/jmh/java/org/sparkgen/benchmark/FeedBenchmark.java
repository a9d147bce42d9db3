package org.sparkgen.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.job.Workload;

/** Assembling batches of 128 images from the packed bytes of a shard of 30,000. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FeedBenchmark {
  private static final int SHARD = 30_000;

  private BatchAssembler batches;
  private int next;

  /** Makes the shard. */
  @Setup(Level.Trial)
  public void prepare() {
    batches = RandomImages.batches(Workload.VAE_MLP.configuration(List.of()), SHARD);
  }

  /** One batch, from a place in the shard that no cache holds. */
  @Benchmark
  public Batch batch() {
    next = (next + 1) % (SHARD / 128);
    return batches.batch(next);
  }
}
