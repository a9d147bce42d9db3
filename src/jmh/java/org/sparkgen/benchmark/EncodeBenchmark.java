package org.sparkgen.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.job.Workload;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Encoding;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.RunModels;

/**
 * Images per second of a workload's encoder alone, in batches as {@code encode} takes them: what
 * that command is measured against.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class EncodeBenchmark {
  private static final int ENCODED = 256;

  /** The workload's name. */
  @Param({"vae-mlp", "vae-conv"})
  public String workload;

  private Trainable model;
  private Batch batch;

  /** Makes the model and one batch. */
  @Setup(Level.Trial)
  public void prepare() {
    RunConfig config =
        Workload.named(workload).configuration(List.of("training.batchSize=" + ENCODED));
    model = RunModels.fresh(config);
    batch = RandomImages.batches(config, ENCODED).batch(0);
  }

  /** Means and variances. */
  @Benchmark
  @OperationsPerInvocation(ENCODED)
  public Encoding encode() {
    return ((Encoder) model).encode(batch);
  }

  /** Gives the memory back. */
  @TearDown(Level.Trial)
  public void release() {
    StepWorkspace.release();
  }
}
