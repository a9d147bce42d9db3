package org.sparkgen.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkgen.averaging.NetState;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Digests;
import org.sparkgen.storage.Storage;

/** Writes the files of one attempt and makes sure that storage holds what was written. */
final class CheckpointWriter {
  private final Storage storage;
  private final String folder;
  private final List<FileRecord> files = new ArrayList<>();

  CheckpointWriter(Storage storage, String attemptFolder) {
    this.storage = storage;
    this.folder = attemptFolder;
  }

  /** Writes all files; their sizes and digests as storage gives them back. */
  List<FileRecord> write(Checkpoint checkpoint) {
    for (Map.Entry<String, NetState> net : checkpoint.snapshot().nets().entrySet()) {
      NetState state = net.getValue();
      write(
          net.getKey() + CheckpointFiles.PARAMETERS,
          out -> FloatFile.write(state.parameters(), out));
      write(net.getKey() + CheckpointFiles.UPDATER, out -> FloatFile.write(state.updater(), out));
    }
    checkpoint.files().forEach((name, content) -> write(name, out -> out.write(content)));
    return List.copyOf(files);
  }

  private void write(String name, Content content) {
    String uri = Storage.resolve(folder, name);
    MessageDigest digest = Digests.newSha256();
    try (OutputStream out = new DigestOutputStream(storage.create(uri), digest)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new JobException(ExitCode.STORAGE, "can't write " + uri + ": " + e.getMessage(), e);
    }
    FileRecord written = new FileRecord(name, storage.length(uri), Digests.hex(digest));
    if (!storage.sha256(uri).equals(written.sha256())) {
      throw new JobException(
          ExitCode.STORAGE,
          "%s was written, but storage gives other bytes back; the checkpoint before it stands."
                  .formatted(uri)
              + " Check the disk or the store, then run the same command again.");
    }
    files.add(written);
  }

  /** What goes into a file. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
