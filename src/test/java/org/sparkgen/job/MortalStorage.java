package org.sparkgen.job;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/**
 * A storage that dies when a file is published, as a killed driver does: nothing that comes later
 * has any effect.
 */
final class MortalStorage implements Storage {
  /** When it dies. */
  enum Death {
    /** The file does not come to exist. */
    BEFORE,
    /** The file exists, but the driver never hears of it. */
    AFTER
  }

  static final String MESSAGE = "the driver is dead";

  private final Storage storage = Storage.open();
  private final Death death;
  private final String fatalEnding;
  private boolean dead;

  /**
   * A storage over the true one.
   *
   * @param fatalEnding end of the address whose publication is the last
   */
  MortalStorage(Death death, String fatalEnding) {
    this.death = death;
    this.fatalEnding = fatalEnding;
  }

  @Override
  public void publish(String uri, byte[] content) {
    boolean fatal = uri.endsWith(fatalEnding);
    alive();
    dead = fatal && death == Death.BEFORE;
    alive();
    storage.publish(uri, content);
    dead = fatal;
    alive();
  }

  private Storage alive() {
    if (dead) {
      throw new JobException(ExitCode.STORAGE, MESSAGE);
    }
    return storage;
  }

  @Override
  public byte[] readBytes(String uri) {
    return alive().readBytes(uri);
  }

  @Override
  public InputStream read(String uri) {
    return alive().read(uri);
  }

  @Override
  public OutputStream create(String uri) {
    return alive().create(uri);
  }

  @Override
  public boolean claim(String uri, byte[] content) {
    return alive().claim(uri, content);
  }

  @Override
  public boolean exists(String uri) {
    return alive().exists(uri);
  }

  @Override
  public List<StorageEntry> list(String uri) {
    return alive().list(uri);
  }

  @Override
  public List<StorageEntry> listFiles(String uri) {
    return alive().listFiles(uri);
  }

  @Override
  public List<StorageEntry> glob(String pattern) {
    return alive().glob(pattern);
  }

  @Override
  public void delete(String uri) {
    alive().delete(uri);
  }

  @Override
  public long length(String uri) {
    return alive().length(uri);
  }
}
