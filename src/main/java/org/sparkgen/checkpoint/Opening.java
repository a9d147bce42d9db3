package org.sparkgen.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.checkpoint.FolderRecord.Phase;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.storage.StorageFailure;

/**
 * The decision what an output folder is. A refusal and a finished run touch nothing, so that they
 * disturb no driver that is at work there.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final int NAMES_SHOWN = 5;

  private final Storage storage;
  private final String uri;
  private final Configuration configuration;
  private final OverwritePolicy policy;

  Opening(Storage storage, String uri, Configuration configuration, OverwritePolicy policy) {
    this.storage = storage;
    this.uri = uri;
    this.configuration = configuration;
    this.policy = policy;
  }

  RunFolder open() {
    refuseFile();
    Optional<FolderRecord> found = recordOrRefusal();
    if (found.isEmpty()) {
      refuseForeignFiles();
      return begin();
    }
    FolderRecord record = found.get();
    List<String> differences = configuration.differencesFrom(record.configuration());
    if (!differences.isEmpty()) {
      return switch (policy) {
        case REFUSE -> discard(record, differences);
        case OVERWRITE -> overwrite();
      };
    }
    return switch (record.phase()) {
      case CLEARING -> overwrite();
      case RUN -> isComplete() ? openComplete() : resume(record);
    };
  }

  private RunFolder openComplete() {
    return switch (policy) {
      case REFUSE -> RunFolder.complete(storage, uri, configuration);
      case OVERWRITE -> overwrite();
    };
  }

  private RunFolder begin() {
    Lease lease = Lease.take(storage, uri);
    storage.publish(address(OutputNames.RUN), FolderRecord.write(configuration, Phase.RUN, "{}"));
    return new RunFolder(storage, uri, configuration, RunFolder.State.FRESH, lease);
  }

  /**
   * Begins anew in the place of a run of other settings that came to nothing: its driver gave the
   * folder up, and no round is recorded. Such a run, of a mistyped path perhaps, must not make its
   * own correction impossible. Where a driver may be at work, or was killed, the folder is refused.
   */
  private RunFolder discard(FolderRecord found, List<String> differences) {
    if (storage.exists(address(OutputNames.LEASE)) || hasRounds()) {
      throw refusal(differences);
    }
    Lease lease = take(found);
    if (hasRounds()) {
      throw changed();
    }
    LOG.warn(
        "{} held a run that ended before its first round; its record is deleted, and the training begins anew with other settings: {}",
        uri,
        String.join("; ", differences));
    return overwrite(lease);
  }

  private boolean hasRounds() {
    return storage.exists(OutputNames.success(uri))
        || storage.exists(address(OutputNames.METRICS))
        || new Checkpoints(storage, uri, 1).any();
  }

  private RunFolder resume(FolderRecord found) {
    Lease lease = take(found);
    // The driver before may have finished until its lease was taken.
    if (isComplete()) {
      lease.release();
      return RunFolder.complete(storage, uri, configuration);
    }
    storage.delete(OutputNames.success(uri));
    deleteLeftovers();
    return new RunFolder(storage, uri, configuration, RunFolder.State.RESUMED, lease);
  }

  /** The lease of a folder that still is what it was found to be. */
  private Lease take(FolderRecord found) {
    Lease lease = Lease.take(storage, uri);
    if (!recordOrRefusal().equals(Optional.of(found))) {
      throw changed();
    }
    return lease;
  }

  private JobException changed() {
    return new JobException(
        ExitCode.STORAGE,
        "%s was changed by another driver while this one was opening it. Run the command again."
            .formatted(address(OutputNames.RUN)));
  }

  /** A killed overwrite goes on as an overwrite: run.json says so until everything is gone. */
  private RunFolder overwrite() {
    return overwrite(Lease.take(storage, uri));
  }

  private RunFolder overwrite(Lease lease) {
    storage.delete(OutputNames.success(uri));
    storage.publish(
        address(OutputNames.RUN), FolderRecord.write(configuration, Phase.CLEARING, "{}"));
    OutputNames.CONTENT.stream().sorted().forEach(name -> storage.delete(address(name)));
    deleteLeftovers();
    lease.check();
    storage.publish(address(OutputNames.RUN), FolderRecord.write(configuration, Phase.RUN, "{}"));
    return new RunFolder(storage, uri, configuration, RunFolder.State.FRESH, lease);
  }

  private boolean isComplete() {
    Optional<Completion> completion = Completion.read(storage, uri);
    if (completion.isEmpty()) {
      return false;
    }
    List<String> missing = completion.get().missing(storage, uri);
    if (!missing.isEmpty()) {
      LOG.warn("{} was finished but is not whole, and is finished again: {}", uri, missing);
    }
    return missing.isEmpty();
  }

  private void deleteLeftovers() {
    for (StorageEntry entry : storage.list(uri)) {
      if (entry.isFile() && OutputNames.isLeftover(entry.name())) {
        storage.delete(entry.uri());
      }
    }
  }

  private void refuseFile() {
    try {
      storage.length(uri);
    } catch (JobException e) {
      if (StorageFailure.of(e) == StorageFailure.MISSING) {
        return;
      }
      throw e;
    }
    throw new JobException(
        ExitCode.USAGE, "output.path = %s is a file; a folder was expected.".formatted(uri));
  }

  private Optional<FolderRecord> recordOrRefusal() {
    try {
      return FolderRecord.read(storage, address(OutputNames.RUN));
    } catch (DamageException e) {
      throw new JobException(
          ExitCode.USAGE,
          "output.path = %s holds a run.json, but %s, so nobody knows what the folder is. Choose"
                  .formatted(uri, e.getMessage())
              + " another output.path, or delete the folder yourself; --overwrite deletes only what"
              + " this program wrote.",
          e);
    }
  }

  /** A driver that was killed before it wrote run.json leaves its lease, and nothing else. */
  private void refuseForeignFiles() {
    if (!storage.exists(uri)) {
      return;
    }
    List<String> foreign =
        storage.list(uri).stream()
            .map(StorageEntry::name)
            .filter(name -> !name.equals(OutputNames.LEASE) && !OutputNames.isLeftover(name))
            .toList();
    if (foreign.isEmpty()) {
      return;
    }
    String shown = foreign.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    throw new JobException(
        ExitCode.USAGE,
        "output.path = %s holds %d files or folders and no run.json, so it is not the output of a run"
                .formatted(uri, foreign.size())
            + " (%s%s). Choose a new or empty folder; --overwrite does not touch files of others."
                .formatted(shown, foreign.size() > NAMES_SHOWN ? ", ..." : ""));
  }

  private JobException refusal(List<String> differences) {
    return new JobException(
        ExitCode.USAGE,
        """
        output.path = %s holds a run of another configuration:
          %s
        Choose another output.path, or restore these settings to go on with that run. With \
        --overwrite its checkpoints, samples, artifacts and reports are deleted for good and the \
        training starts afresh."""
            .formatted(uri, String.join("\n  ", differences)));
  }

  private String address(String name) {
    return Storage.resolve(uri, name);
  }
}
