package org.sparkgen.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.ApplyRequest;
import org.sparkgen.job.BenchRequest;
import org.sparkgen.job.CompareRequest;
import org.sparkgen.job.CompressRequest;
import org.sparkgen.job.DecodeRequest;
import org.sparkgen.job.DecompressRequest;
import org.sparkgen.job.EvaluateRequest;
import org.sparkgen.job.InterpolateRequest;
import org.sparkgen.job.Job;
import org.sparkgen.job.LatentRequest;
import org.sparkgen.job.SampleRequest;
import org.sparkgen.job.ScoreRequest;

/** Files in a map, and jobs that note that they were run. */
final class FakeCommands implements Commands {
  final Map<String, String> files = new TreeMap<>();
  final List<String> calls = new ArrayList<>();
  Job<Outcome> job = () -> new Outcome("complete", "all done", "");

  @Override
  public String readText(String uri) {
    if (!files.containsKey(uri)) {
      throw new JobException(ExitCode.USAGE, uri + " is not there");
    }
    return files.get(uri);
  }

  @Override
  public Job<Outcome> train(RunConfig config, OverwritePolicy existing) {
    return noting(
        "train " + config.run().name() + " " + config.training().epochs() + " " + existing);
  }

  @Override
  public Job<Outcome> sample(SampleRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> export(String output, String to) {
    return noting("export " + output + " " + to);
  }

  @Override
  public Job<Outcome> evaluate(EvaluateRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> encode(ApplyRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> reconstruct(ApplyRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> decode(DecodeRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> compress(CompressRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> decompress(DecompressRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> interpolate(InterpolateRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> traverse(LatentRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> score(ScoreRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> describe(String output) {
    return noting("describe " + output);
  }

  @Override
  public Job<Outcome> compare(CompareRequest request) {
    return noting(request.toString());
  }

  @Override
  public Job<Outcome> bench(BenchRequest request) {
    return noting(request.toString());
  }

  private Job<Outcome> noting(String call) {
    return () -> {
      calls.add(call);
      return job.run();
    };
  }
}
