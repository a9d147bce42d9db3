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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.job.Workload;
import org.sparkgen.model.StepReport;
import org.sparkgen.model.Trainable;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.RunModels;

/** One training step of a workload's model on a full batch, losses not reported. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class StepBenchmark {
  /** The workload's name. */
  @Param({"vae-mlp", "vae-conv", "gan-conv"})
  public String workload;

  private Trainable model;
  private Batch batch;

  /** Makes the model and one batch. */
  @Setup(Level.Trial)
  public void prepare() {
    RunConfig config = Workload.named(workload).configuration(List.of());
    model = RunModels.fresh(config);
    model.startRound(0, 0, 1);
    batch = RandomImages.batches(config, config.training().batchSize()).batch(0);
  }

  /** Forward, backward, update. */
  @Benchmark
  public StepReport step() {
    return StepWorkspace.compute(() -> model.step(batch, Reporting.NONE));
  }

  /** Gives the step's memory back. */
  @TearDown(Level.Trial)
  public void release() {
    StepWorkspace.release();
  }
}
