package org.sparkgen.job;

import org.sparkgen.report.RunDescription;
import org.sparkgen.storage.Storage;

/** Says what an output folder holds, its metrics and its health; needs no Spark. */
public final class DescribeJob implements Job<String> {
  private final Storage storage;
  private final String output;

  /** A description of an output folder of a finished or running training. */
  public DescribeJob(Storage storage, String output) {
    this.storage = storage;
    this.output = output;
  }

  /** Lines for a terminal. */
  @Override
  public String run() {
    PastRun run = PastRun.of(storage, output);
    return run.isBegun()
        ? RunDescription.text(run.record(), run.metrics(), run.result())
        : RunDescription.ofUnbegun(run.config(), run.result());
  }
}
