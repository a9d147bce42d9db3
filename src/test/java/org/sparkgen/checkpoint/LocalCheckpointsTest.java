package org.sparkgen.checkpoint;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.storage.Storage;

/** Checkpoints on a local disk. */
class LocalCheckpointsTest extends CheckpointsContract {
  @TempDir private Path directory;
  private final Storage storage = Storage.open();

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  String run() {
    return directory.resolve("run").toString();
  }
}
