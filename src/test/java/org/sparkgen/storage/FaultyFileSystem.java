package org.sparkgen.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code faulty:}, which counts every call and can fail at one. A
 * call that it fails is left half done: half of the bytes written, part of a folder deleted.
 */
public final class FaultyFileSystem extends FilterFileSystem {
  private static final String SCHEME = "faulty";

  private static final AtomicLong CALLS = new AtomicLong();
  private static volatile long first = Long.MAX_VALUE;
  private static volatile long last = Long.MIN_VALUE;
  private static volatile Supplier<IOException> failure = () -> new IOException("injected");
  private static volatile Runnable parked = () -> {};

  /** A file system over the raw local disk; Hadoop calls this. */
  public FaultyFileSystem() {
    super(new LocalDisk());
  }

  /** A storage that knows the scheme. */
  public static Storage storage() {
    return Storage.open(settings(""));
  }

  /**
   * What makes Hadoop know the scheme.
   *
   * @param prefix of the keys: that of Hadoop's settings among Spark's, or none
   */
  public static Map<String, String> settings(String prefix) {
    return Map.of(prefix + "fs." + SCHEME + ".impl", FaultyFileSystem.class.getName());
  }

  /** The address of a local folder in this file system. */
  public static String address(java.nio.file.Path local) {
    return SCHEME + ":" + local;
  }

  /** Counts from 0 again and fails no call. */
  public static void heal() {
    first = Long.MAX_VALUE;
    last = Long.MIN_VALUE;
    failure = () -> new IOException("injected");
    CALLS.set(0);
  }

  /** Counts from 0 again and fails the given call (from 1) and all after it, as for the dead. */
  public static void stopAt(long call) {
    heal();
    last = Long.MAX_VALUE;
    first = call;
  }

  /** Counts from 0 again and fails the given call (from 1) alone. */
  public static void failOnceAt(long call) {
    heal();
    last = call;
    first = call;
  }

  /**
   * Counts from 0 again; the given call (from 1) is left half done, reports itself, and never
   * returns, and so do all after it: for a process that is then killed.
   */
  public static void parkAt(long call, Runnable report) {
    stopAt(call);
    parked = report;
    failure = FaultyFileSystem::waitForever;
  }

  private static IOException waitForever() {
    parked.run();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new IOException("interrupted");
  }

  /** Counts from 0 again and fails every call in this way. */
  public static void failWith(IOException reason) {
    failFrom(1, () -> reason);
  }

  /** Counts from 0 again and fails the given call (from 1) and all after it in this way. */
  public static void failFrom(long call, Supplier<IOException> reason) {
    stopAt(call);
    failure = reason;
  }

  /** Calls since counting began. */
  public static long calls() {
    return CALLS.get();
  }

  private static boolean fails() {
    long call = CALLS.incrementAndGet();
    return call >= first && call <= last;
  }

  private static void count() throws IOException {
    if (fails()) {
      throw failure.get();
    }
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(URI.create("file:///"), conf);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public Path makeQualified(Path path) {
    return outside(fs.makeQualified(inside(path)));
  }

  @Override
  protected void checkPath(Path path) {
    fs.makeQualified(inside(path));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    count();
    return fs.open(inside(path), bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    count();
    OutputStream out =
        fs.create(inside(path), permission, overwrite, 1, replication, blockSize, progress);
    return new FSDataOutputStream(new FaultyOutputStream(out), null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    count();
    return fs.rename(inside(from), inside(to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (fails()) {
      List<FileStatus> children =
          fs.exists(inside(path)) ? Stream.of(fs.listStatus(inside(path))).toList() : List.of();
      if (children.size() > 1) {
        fs.delete(children.get(0).getPath(), true);
      }
      throw failure.get();
    }
    return fs.delete(inside(path), recursive);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    count();
    return fs.mkdirs(inside(path), permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return mkdirs(path, FsPermission.getDirDefault());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    count();
    return outside(fs.getFileStatus(inside(path)));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    count();
    return Stream.of(fs.listStatus(inside(path)))
        .map(FaultyFileSystem::outside)
        .toArray(FileStatus[]::new);
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
    return new Statuses<>(List.of(listStatus(path)));
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path) throws IOException {
    List<LocatedFileStatus> located =
        Stream.of(listStatus(path)).map(s -> new LocatedFileStatus(s, null)).toList();
    return new Statuses<>(located);
  }

  private static Path inside(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  private static Path outside(Path path) {
    return new Path(SCHEME, null, path.toUri().getPath());
  }

  private static FileStatus outside(FileStatus status) {
    return new FileStatus(
        status.getLen(), status.isDirectory(), 1, 0, 0, outside(status.getPath()));
  }

  /** Without permissions: Hadoop would start a process for each. */
  private static final class LocalDisk extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) {}
  }

  /** Counts writes and the close; buffers nothing. */
  private static final class FaultyOutputStream extends FilterOutputStream {
    FaultyOutputStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (fails()) {
        out.write(bytes, offset, length / 2);
        out.flush();
        throw failure.get();
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        count();
      } finally {
        out.close();
      }
    }
  }

  /** A list as Hadoop wants it. */
  private static final class Statuses<T> implements RemoteIterator<T> {
    private final Iterator<T> statuses;

    Statuses(List<T> statuses) {
      this.statuses = statuses.iterator();
    }

    @Override
    public boolean hasNext() {
      return statuses.hasNext();
    }

    @Override
    public T next() {
      return statuses.next();
    }
  }
}
