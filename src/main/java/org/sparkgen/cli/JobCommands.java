package org.sparkgen.cli;

import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.ApplyRequest;
import org.sparkgen.job.BenchJob;
import org.sparkgen.job.BenchRequest;
import org.sparkgen.job.CompareJob;
import org.sparkgen.job.CompareRequest;
import org.sparkgen.job.CompressJob;
import org.sparkgen.job.CompressRequest;
import org.sparkgen.job.DecodeJob;
import org.sparkgen.job.DecodeRequest;
import org.sparkgen.job.DecompressJob;
import org.sparkgen.job.DecompressRequest;
import org.sparkgen.job.DescribeJob;
import org.sparkgen.job.EncodeJob;
import org.sparkgen.job.EvaluateJob;
import org.sparkgen.job.EvaluateRequest;
import org.sparkgen.job.ExportJob;
import org.sparkgen.job.InterpolateJob;
import org.sparkgen.job.InterpolateRequest;
import org.sparkgen.job.Job;
import org.sparkgen.job.LatentRequest;
import org.sparkgen.job.ReconstructJob;
import org.sparkgen.job.SampleJob;
import org.sparkgen.job.SampleRequest;
import org.sparkgen.job.ScoreJob;
import org.sparkgen.job.ScoreRequest;
import org.sparkgen.job.TrainJob;
import org.sparkgen.job.TraverseJob;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageFailure;

/** The commands that the application jar runs. */
final class JobCommands implements Commands {
  @Override
  public String readText(String uri) {
    try {
      return Storage.open().readText(uri);
    } catch (JobException e) {
      throw StorageFailure.of(e) == StorageFailure.MISSING
          ? new JobException(ExitCode.USAGE, e.getMessage(), e)
          : e;
    }
  }

  @Override
  public Job<Outcome> train(RunConfig config, OverwritePolicy existing) {
    return () -> Outcomes.of(new TrainJob(config, existing, Storage.open()).run());
  }

  @Override
  public Job<Outcome> sample(SampleRequest request) {
    return () -> Outcomes.of("samples", new SampleJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> export(String output, String to) {
    return () -> Outcomes.of(new ExportJob(Storage.open(), output, to).run());
  }

  @Override
  public Job<Outcome> evaluate(EvaluateRequest request) {
    return () -> Outcomes.of(new EvaluateJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> encode(ApplyRequest request) {
    return () -> Outcomes.of("encoded", new EncodeJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> reconstruct(ApplyRequest request) {
    return () -> Outcomes.of("reconstructed", new ReconstructJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> decode(DecodeRequest request) {
    return () -> Outcomes.of("examples", new DecodeJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> compress(CompressRequest request) {
    return () -> Outcomes.of("compressed", new CompressJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> decompress(DecompressRequest request) {
    return () -> Outcomes.of("pictures", new DecompressJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> interpolate(InterpolateRequest request) {
    return () -> Outcomes.of("pictures", new InterpolateJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> traverse(LatentRequest request) {
    return () -> Outcomes.of(new TraverseJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> score(ScoreRequest request) {
    return () -> Outcomes.of("scored", new ScoreJob(Storage.open(), request).run());
  }

  @Override
  public Job<Outcome> describe(String output) {
    return () ->
        new Outcome(
            "complete", "described " + output, new DescribeJob(Storage.open(), output).run());
  }

  @Override
  public Job<Outcome> compare(CompareRequest request) {
    return () -> {
      String text = new CompareJob(Storage.open(), request).run();
      String page = request.to().map(to -> ", page in " + to).orElse("");
      return new Outcome(
          "complete", "compared %s and %s%s".formatted(request.a(), request.b(), page), text);
    };
  }

  @Override
  public Job<Outcome> bench(BenchRequest request) {
    return () -> Outcomes.of(new BenchJob(request, Storage.open()).run());
  }
}
