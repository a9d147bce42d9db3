package org.sparkgen.cli;

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

/** What the command line calls: one job a command. */
public interface Commands {
  /** The text of a configuration file on any Hadoop path. */
  String readText(String uri);

  /** Trains a model. */
  Job<Outcome> train(RunConfig config, OverwritePolicy existing);

  /** Draws samples from the model in an output folder. */
  Job<Outcome> sample(SampleRequest request);

  /** Writes the networks of the model in an output folder to another folder, as ONNX. */
  Job<Outcome> export(String output, String to);

  /** Measures the model in an output folder. */
  Job<Outcome> evaluate(EvaluateRequest request);

  /** Turns examples into latent vectors. */
  Job<Outcome> encode(ApplyRequest request);

  /** Sends examples through the latent space and back. */
  Job<Outcome> reconstruct(ApplyRequest request);

  /** Turns latent vectors into examples. */
  Job<Outcome> decode(DecodeRequest request);

  /** Turns images into codes. */
  Job<Outcome> compress(CompressRequest request);

  /** Turns codes into images. */
  Job<Outcome> decompress(DecompressRequest request);

  /** Draws the way from one latent vector to another. */
  Job<Outcome> interpolate(InterpolateRequest request);

  /** Draws what latent dimensions change. */
  Job<Outcome> traverse(LatentRequest request);

  /** Scores how strange examples are. */
  Job<Outcome> score(ScoreRequest request);

  /** Says what an output folder holds. */
  Job<Outcome> describe(String output);

  /** Says what tells two output folders apart. */
  Job<Outcome> compare(CompareRequest request);

  /** Measures how fast a workload trains on this machine. */
  Job<Outcome> bench(BenchRequest request);
}
