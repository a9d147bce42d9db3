package org.sparkgen.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Digests;
import org.sparkgen.storage.Storage;

/** Writes the files of one attempt and makes sure that storage holds what was written. */
final class CheckpointWriter {
  private final Storage storage;
  private final String folder;

  CheckpointWriter(Storage storage, String attemptFolder) {
    this.storage = storage;
    this.folder = attemptFolder;
  }

  /** What the files of a checkpoint are to be. */
  static List<FileRecord> records(Checkpoint checkpoint) {
    checkpoint.snapshot().stateSha256(); // Digests the arrays side by side.
    List<FileRecord> files = new ArrayList<>();
    checkpoint
        .snapshot()
        .nets()
        .forEach(
            (net, state) -> {
              files.add(
                  new FileRecord(
                      net + CheckpointFiles.PARAMETERS,
                      (long) state.parameters().length * Float.BYTES,
                      state.parametersSha256()));
              files.add(
                  new FileRecord(
                      net + CheckpointFiles.UPDATER,
                      (long) state.updater().length * Float.BYTES,
                      state.updaterSha256()));
            });
    checkpoint
        .files()
        .forEach(
            (name, content) ->
                files.add(new FileRecord(name, content.length, Digests.sha256(content))));
    return files;
  }

  void write(Checkpoint checkpoint) {
    checkpoint
        .snapshot()
        .nets()
        .forEach(
            (net, state) -> {
              write(
                  net + CheckpointFiles.PARAMETERS,
                  out -> FloatFile.write(state.parameters(), out));
              write(net + CheckpointFiles.UPDATER, out -> FloatFile.write(state.updater(), out));
            });
    checkpoint.files().forEach((name, content) -> write(name, out -> out.write(content)));
  }

  private void write(String name, Content content) {
    String uri = uri(name);
    try (OutputStream out = storage.create(uri)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new JobException(ExitCode.STORAGE, "can't write " + uri + ": " + e.getMessage(), e);
    }
  }

  /** Reads every file back. Its digest decides: other bytes, or more or fewer, have another. */
  void verify(List<FileRecord> files) {
    for (FileRecord file : files) {
      if (!storage.sha256(uri(file.name())).equals(file.sha256())) {
        throw new JobException(
            ExitCode.STORAGE,
            "%s was written, but storage gives other bytes back; the checkpoint before it stands."
                    .formatted(uri(file.name()))
                + " Check the disk or the store, then run the same command again.");
      }
    }
  }

  private String uri(String name) {
    return Storage.resolve(folder, name);
  }

  /** What goes into a file. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
