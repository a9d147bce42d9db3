package org.sparkgen.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/**
 * The checkpoints of one run.
 *
 * <pre>
 * checkpoints/round-000012/ATTEMPT/encoder.parameters.f32   raw little-endian float32
 *                                  encoder.updater.f32
 *                                  history.jsonl            and whatever else belongs to it
 * checkpoints/round-000012/manifest.json                    last, at once
 * </pre>
 *
 * <p>Files are written into a folder that no one else uses and are read back; then one manifest
 * with their sizes and digests is published. Before that moment the checkpoint does not exist,
 * after it the checkpoint is complete; this holds on every file system on which {@link
 * Storage#publish} is atomic, and asks for nothing else. Only numbers and text are ever read, never
 * Java objects.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Storage storage;
  private final CheckpointFiles places;
  private final CheckpointReader reader;
  private final int keep;
  private final String configurationSha256;
  private final Runnable beforeCommit;

  /** Rounds whose every byte this object has seen to be right. */
  private final Set<Integer> proven = new HashSet<>();

  /**
   * The checkpoints of any run, without a check of who owns it: for readers. A training driver uses
   * {@link RunFolder#checkpoints}.
   *
   * @param runUri the run's output folder
   * @param keep checkpoints that {@link #prune} leaves, at least 1
   */
  public Checkpoints(Storage storage, String runUri, int keep) {
    this(storage, runUri, keep, "", () -> {});
  }

  /**
   * The checkpoints of one configuration.
   *
   * @param configurationSha256 what manifests must say; empty: anything
   * @param beforeCommit fails if this driver may no longer write
   */
  Checkpoints(
      Storage storage, String runUri, int keep, String configurationSha256, Runnable beforeCommit) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least 1 checkpoint has to stay, not " + keep);
    }
    this.storage = storage;
    this.places = new CheckpointFiles(runUri);
    this.reader = new CheckpointReader(storage, places);
    this.keep = keep;
    this.configurationSha256 = configurationSha256;
    this.beforeCommit = beforeCommit;
  }

  /**
   * Makes the checkpoint exist. A round that has a complete checkpoint of the same state is left as
   * it is; a damaged one is replaced.
   *
   * @throws JobException STORAGE if the round has a complete checkpoint of another state, or
   *     storage does not give back what was written
   */
  public void publish(Checkpoint checkpoint) {
    publish(checkpoint, (phase, work) -> work.run());
  }

  /** What runs the parts of a {@link #publish}, such as a clock. */
  @FunctionalInterface
  public interface Phases {
    /**
     * Runs a part.
     *
     * @param phase {@code digest}, {@code write}, {@code verify} or {@code manifest}
     * @param work to be run once, here and now
     */
    void run(String phase, Runnable work);
  }

  /** As {@link #publish(Checkpoint)}, each part run by the caller. */
  public void publish(Checkpoint checkpoint, Phases phases) {
    if (isPublished(checkpoint)) {
      return;
    }
    String attempt = UUID.randomUUID().toString();
    CheckpointWriter writer =
        new CheckpointWriter(storage, places.attempt(checkpoint.round(), attempt));
    List<FileRecord> files = new ArrayList<>();
    phases.run("digest", () -> files.addAll(CheckpointWriter.records(checkpoint)));
    phases.run("write", () -> writer.write(checkpoint));
    phases.run("verify", () -> writer.verify(files));
    phases.run(
        "manifest", () -> commit(Manifest.of(checkpoint, attempt, configurationSha256, files)));
  }

  private void commit(Manifest manifest) {
    beforeCommit.run();
    storage.publish(places.manifest(manifest.round()), manifest.toBytes());
    readBack(manifest);
    proven.add(manifest.round());
  }

  /** Whether any round has a manifest, of whichever configuration. */
  boolean any() {
    return roundsNewestFirst().stream().anyMatch(r -> storage.exists(places.manifest(r)));
  }

  /** The newest checkpoint that is complete and undamaged, and what was wrong with newer ones. */
  public LatestCheckpoint latestVerified() {
    List<String> skipped = new ArrayList<>();
    for (int round : roundsNewestFirst()) {
      try {
        Optional<Manifest> manifest = ownManifest(round);
        if (manifest.isPresent()) {
          Checkpoint checkpoint = reader.load(manifest.get());
          proven.add(round);
          return new LatestCheckpoint(Optional.of(checkpoint), skipped);
        }
      } catch (DamageException e) {
        skipped.add("checkpoint of round %d is not used: %s.".formatted(round, e.getMessage()));
      }
    }
    return new LatestCheckpoint(Optional.empty(), skipped);
  }

  /** The checkpoint of a round; empty if it is missing, incomplete or damaged. */
  public Optional<Checkpoint> verified(int round) {
    try {
      Optional<Manifest> manifest = ownManifest(round);
      return manifest.isEmpty() ? Optional.empty() : Optional.of(reader.load(manifest.get()));
    } catch (DamageException e) {
      LOG.warn("Checkpoint of round {} is damaged: {}", round, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Deletes what is older than the newest complete checkpoints and what killed attempts left behind
   * in rounds before the newest. To be called after {@link #publish}, never instead of it: if no
   * checkpoint is complete, nothing is deleted.
   *
   * @param spared rounds whose complete checkpoints stay, however old
   */
  public void prune(Set<Integer> spared) {
    beforeCommit.run();
    List<Integer> rounds = roundsNewestFirst();
    Map<Integer, Manifest> kept = new LinkedHashMap<>();
    for (int round : rounds) {
      if (kept.size() < keep || spared.contains(round)) {
        complete(round).ifPresent(manifest -> kept.put(round, manifest));
      }
    }
    if (kept.isEmpty()) {
      return;
    }
    int newest = kept.keySet().iterator().next();
    for (int round : rounds) {
      if (round < newest) {
        deleteFrom(round, Optional.ofNullable(kept.get(round)));
      }
    }
  }

  private boolean isPublished(Checkpoint checkpoint) {
    int round = checkpoint.round();
    Optional<Manifest> present = complete(round);
    if (present.isEmpty()) {
      return false;
    }
    String there = present.get().stateSha256();
    String here = checkpoint.snapshot().stateSha256();
    if (there.equals(here)) {
      LOG.info("Round {} has this checkpoint already", round);
      return true;
    }
    throw new JobException(
        ExitCode.STORAGE,
        "%s holds a complete checkpoint of another state (there %s, here %s): the same configuration"
                .formatted(places.round(round), there, here)
            + " came to other numbers, so the data, the native backend or the processor differ, or"
            + " two drivers ran. Run the same command again to go on from that checkpoint, or"
            + " delete its folder to go on from the one before it.");
  }

  private void readBack(Manifest written) {
    try {
      if (reader.manifest(written.round()).filter(written::equals).isPresent()) {
        return;
      }
    } catch (DamageException e) {
      LOG.warn("Manifest of round {}: {}", written.round(), e.getMessage());
    }
    throw new JobException(
        ExitCode.STORAGE,
        "%s was written, but storage gives another manifest back; older checkpoints stand. Another"
                .formatted(places.manifest(written.round()))
            + " driver may be writing there, or the store is failing; run the same command again.");
  }

  /** The round's manifest if all that it promises is there. */
  private Optional<Manifest> complete(int round) {
    try {
      Optional<Manifest> manifest = ownManifest(round);
      if (manifest.isEmpty()) {
        return manifest;
      }
      if (proven.contains(round)) {
        reader.checkSizes(manifest.get());
      } else {
        reader.checkContent(manifest.get());
        proven.add(round);
      }
      return manifest;
    } catch (DamageException e) {
      LOG.warn("Checkpoint of round {} is damaged: {}", round, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Manifest> ownManifest(int round) throws DamageException {
    Optional<Manifest> manifest = reader.manifest(round);
    if (manifest.isPresent()
        && !configurationSha256.isEmpty()
        && !manifest.get().configurationSha256().equals(configurationSha256)) {
      throw new DamageException("it belongs to another configuration");
    }
    return manifest;
  }

  private void deleteFrom(int round, Optional<Manifest> kept) {
    if (kept.isPresent()) {
      deleteOtherAttempts(kept.get());
      return;
    }
    // The manifest first: what is half deleted must not exist.
    storage.delete(places.manifest(round));
    storage.delete(places.round(round));
    proven.remove(round);
  }

  private void deleteOtherAttempts(Manifest manifest) {
    for (StorageEntry entry : storage.list(places.round(manifest.round()))) {
      if (!entry.isFile() && !entry.name().equals(manifest.attempt())) {
        storage.delete(entry.uri());
      }
    }
  }

  private List<Integer> roundsNewestFirst() {
    if (!storage.exists(places.folder())) {
      return List.of();
    }
    List<Integer> rounds = new ArrayList<>();
    for (StorageEntry entry : storage.list(places.folder())) {
      CheckpointFiles.roundOf(entry.name()).ifPresent(rounds::add);
    }
    rounds.sort(Collections.reverseOrder());
    return rounds;
  }
}
