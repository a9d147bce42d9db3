package org.sparkgen.job;

import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;

/** The rule for the folder that a command on a trained model writes to. */
final class TargetFolder {
  private TargetFolder() {}

  /**
   * Nothing may be there that would be mixed with what is written.
   *
   * @throws JobException USAGE if the folder is not empty
   */
  static void requireFree(Storage storage, String target) {
    if (storage.exists(target) && !storage.list(target).isEmpty()) {
      throw new JobException(
          ExitCode.USAGE, target + " is not empty: name a new folder with --to, or empty this one");
    }
  }
}
