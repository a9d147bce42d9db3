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
import org.sparkgen.job.Workload;
import org.sparkgen.model.Sampler;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.SampleChunks;

/**
 * Images per second of a workload's decoder or generator alone, in chunks as {@code sample} draws
 * them: what that command is measured against.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class GenerateBenchmark {
  /** The workload's name. */
  @Param({"vae-mlp", "vae-conv", "gan-conv"})
  public String workload;

  private Trainable model;
  private float[] inputs;

  /** Makes the model and the inputs of one chunk of samples. */
  @Setup(Level.Trial)
  public void prepare() {
    model = RunModels.fresh(Workload.named(workload).configuration(List.of()));
    inputs = ((Sampler) model).inputs(1, 0, SampleChunks.SIZE);
  }

  /** The generator or decoder. */
  @Benchmark
  @OperationsPerInvocation(SampleChunks.SIZE)
  public float[] generate() {
    return SampleChunks.generate((Sampler) model, inputs);
  }

  /** Gives the memory back. */
  @TearDown(Level.Trial)
  public void release() {
    StepWorkspace.release();
  }
}
