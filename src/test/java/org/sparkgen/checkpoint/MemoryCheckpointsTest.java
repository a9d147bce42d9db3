package org.sparkgen.checkpoint;

import org.sparkgen.storage.MemoryStorage;
import org.sparkgen.storage.Storage;

/** Checkpoints where folders are only names. */
class MemoryCheckpointsTest extends CheckpointsContract {
  private final Storage storage = new MemoryStorage();

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  String run() {
    return "memory://store/run";
  }
}
