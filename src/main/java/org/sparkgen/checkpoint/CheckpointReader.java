package org.sparkgen.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Digests;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.storage.StorageFailure;

/**
 * Reads checkpoints and believes nothing: sizes are compared before a byte is read, no more is read
 * than the manifest promises, names lead nowhere else, digests are compared before anything is
 * used.
 *
 * <p>Damage is a {@link DamageException}; a store that can't be reached is a {@link JobException},
 * because an older checkpoint is no answer to that.
 */
final class CheckpointReader {
  private static final int LARGEST_MANIFEST = 4 << 20;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Storage storage;
  private final CheckpointFiles places;

  CheckpointReader(Storage storage, CheckpointFiles places) {
    this.storage = storage;
    this.places = places;
  }

  /** The round's manifest, its own digest verified; empty if the round has none. */
  Optional<Manifest> manifest(int round) throws DamageException {
    Optional<byte[]> content = manifestContent(round);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest;
    try {
      manifest = Manifest.parse(content.get());
    } catch (DamageException e) {
      throw new DamageException(CheckpointFiles.MANIFEST + ": " + e.getMessage(), e);
    }
    if (manifest.round() != round) {
      throw new DamageException(
          "%s: it is the manifest of round %d"
              .formatted(CheckpointFiles.MANIFEST, manifest.round()));
    }
    return Optional.of(manifest);
  }

  private Optional<byte[]> manifestContent(int round) throws DamageException {
    String uri = places.manifest(round);
    try {
      long size = storage.length(uri);
      if (size > LARGEST_MANIFEST) {
        throw new DamageException(
            "%s has %d bytes, more than %d"
                .formatted(CheckpointFiles.MANIFEST, size, LARGEST_MANIFEST));
      }
      try (InputStream in = storage.read(uri)) {
        return Optional.of(in.readNBytes(LARGEST_MANIFEST));
      }
    } catch (IOException e) {
      throw new JobException(ExitCode.STORAGE, "can't read " + uri + ": " + e.getMessage(), e);
    } catch (JobException e) {
      if (StorageFailure.of(e) == StorageFailure.MISSING) {
        return Optional.empty();
      }
      throw damageOr(CheckpointFiles.MANIFEST, e);
    }
  }

  /** Fails unless all files are there in the promised sizes. */
  void checkSizes(Manifest manifest) throws DamageException {
    for (FileRecord file : manifest.files()) {
      uri(manifest, file); // Names first: a forged one leads nowhere.
    }
    Map<String, Long> sizes = sizes(manifest);
    for (FileRecord file : manifest.files()) {
      Long size = sizes.get(file.name());
      if (size == null) {
        throw new DamageException(file.name() + " is missing");
      }
      if (size != file.size()) {
        throw new DamageException(
            "%s has %d bytes instead of %d".formatted(file.name(), size, file.size()));
      }
    }
  }

  /** By one request, however many files there are. */
  private Map<String, Long> sizes(Manifest manifest) throws DamageException {
    String folder = attempt(manifest);
    Map<String, Long> sizes = new TreeMap<>();
    for (StorageEntry entry : orDamage(manifest.attempt(), () -> storage.list(folder))) {
      if (entry.isFile()) {
        sizes.put(entry.name(), entry.length());
      }
    }
    return sizes;
  }

  /** Fails unless all files are there, byte by byte. */
  void checkContent(Manifest manifest) throws DamageException {
    checkSizes(manifest);
    for (FileRecord file : manifest.files()) {
      String uri = uri(manifest, file);
      compare(file, orDamage(file.name(), () -> storage.sha256(uri)));
    }
  }

  /** The checkpoint, verified while it is read. */
  Checkpoint load(Manifest manifest) throws DamageException {
    checkSizes(manifest);
    Map<String, FileRecord> unread = new LinkedHashMap<>();
    manifest.files().forEach(file -> unread.put(file.name(), file));
    Map<String, NetState> nets = new TreeMap<>();
    for (Map.Entry<String, Long> net : manifest.iterations().entrySet()) {
      float[] parameters = floats(manifest, unread, net.getKey() + CheckpointFiles.PARAMETERS);
      float[] updater = floats(manifest, unread, net.getKey() + CheckpointFiles.UPDATER);
      nets.put(net.getKey(), new NetState(parameters, updater, net.getValue()));
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (FileRecord file : unread.values()) {
      files.put(
          file.name(), read(manifest, file, LARGEST_ARRAY, in -> in.readNBytes((int) file.size())));
    }
    Snapshot snapshot = new Snapshot(nets);
    if (!snapshot.stateSha256().equals(manifest.stateSha256())) {
      throw new DamageException("its networks together have another digest than promised");
    }
    return new Checkpoint(manifest.round(), manifest.epoch(), snapshot, files, manifest.facts());
  }

  private float[] floats(Manifest manifest, Map<String, FileRecord> unread, String name)
      throws DamageException {
    FileRecord file = unread.remove(name);
    if (file == null || file.size() % Float.BYTES != 0) {
      throw new DamageException("the manifest promises no usable " + name);
    }
    return read(
        manifest,
        file,
        LARGEST_ARRAY * (long) Float.BYTES,
        in -> FloatFile.read(in, (int) (file.size() / Float.BYTES)));
  }

  private <T> T read(Manifest manifest, FileRecord file, long largest, Content<T> content)
      throws DamageException {
    if (file.size() > largest) {
      throw new DamageException(file.name() + " is larger than Java can hold");
    }
    MessageDigest digest = Digests.newSha256();
    String uri = uri(manifest, file);
    T value;
    try (InputStream in =
        new DigestInputStream(orDamage(file.name(), () -> storage.read(uri)), digest)) {
      value = content.readFrom(in);
    } catch (EOFException e) {
      throw new DamageException(file.name() + " is shorter than promised", e);
    } catch (IOException e) {
      throw new JobException(ExitCode.STORAGE, "can't read " + uri + ": " + e.getMessage(), e);
    } catch (JobException e) {
      throw damageOr(file.name(), e);
    }
    compare(file, Digests.hex(digest));
    return value;
  }

  private static void compare(FileRecord file, String sha256) throws DamageException {
    if (!sha256.equals(file.sha256())) {
      throw new DamageException(file.name() + " has another SHA-256 than promised");
    }
  }

  /** The address of a file that the manifest names, if its name is one that we could have given. */
  private String uri(Manifest manifest, FileRecord file) throws DamageException {
    if (file.name().contains("/")) {
      throw new DamageException("it names a file in another folder: " + file.name());
    }
    return resolve(attempt(manifest), file.name());
  }

  private String attempt(Manifest manifest) throws DamageException {
    if (manifest.attempt().contains("/")) {
      throw new DamageException("it names a file in another folder: " + manifest.attempt());
    }
    return resolve(places.round(manifest.round()), manifest.attempt());
  }

  private static String resolve(String folder, String name) throws DamageException {
    try {
      return Storage.resolve(folder, name);
    } catch (JobException e) {
      throw new DamageException(e.getMessage(), e);
    }
  }

  private static <T> T orDamage(String name, Supplier<T> operation) throws DamageException {
    try {
      return operation.get();
    } catch (JobException e) {
      throw damageOr(name, e);
    }
  }

  /** Damage if that is what the failure means; else the failure itself goes on. */
  private static DamageException damageOr(String name, JobException failure) {
    return switch (StorageFailure.of(failure)) {
      case MISSING -> new DamageException(name + " is missing", failure);
      case DAMAGED -> new DamageException(name + " can't be read: damaged on storage", failure);
      case EXISTS, DENIED, UNREACHABLE, FULL, UNSUPPORTED, OTHER -> throw failure;
    };
  }

  /** What is made of a file's bytes. */
  private interface Content<T> {
    T readFrom(InputStream in) throws IOException;
  }
}
