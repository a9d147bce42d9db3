package org.sparkgen.cli;

import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.Job;
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
  public Job<Outcome> train(RunConfig config, ExistingOutput existing) {
    throw new UnsupportedOperationException("train");
  }

  @Override
  public Job<Outcome> sample(SampleRequest request) {
    throw new UnsupportedOperationException("sample");
  }

  @Override
  public Job<Outcome> describe(String output) {
    throw new UnsupportedOperationException("describe");
  }
}
