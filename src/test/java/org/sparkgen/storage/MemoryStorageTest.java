package org.sparkgen.storage;

/** The fake keeps the promises that the tests above it rely on. */
class MemoryStorageTest extends StorageContract {
  private final Storage storage = new MemoryStorage();

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  String folder() {
    return "memory://store/run";
  }
}
