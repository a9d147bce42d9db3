package org.sparkgen.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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

  /** What happens to the calls of all folders that have no plan of their own. */
  private static volatile Plan everywhere = Plan.none();

  private static final Map<String, Plan> FOLDERS = new ConcurrentHashMap<>();

  /**
   * What happens to calls.
   *
   * @param first the first that fails, counted from 1
   * @param last the last that fails
   */
  private record Plan(AtomicLong calls, long first, long last, Supplier<IOException> failure) {
    static Plan none() {
      return of(Long.MAX_VALUE, Long.MIN_VALUE, () -> new IOException("injected"));
    }

    static Plan of(long first, long last, Supplier<IOException> failure) {
      return new Plan(new AtomicLong(), first, last, failure);
    }

    boolean fails() {
      long call = calls.incrementAndGet();
      return call >= first && call <= last;
    }
  }

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

  /** Counts from 0 again and fails no call, everywhere. */
  public static void heal() {
    FOLDERS.clear();
    everywhere = Plan.none();
  }

  /** Counts from 0 again and fails the given call (from 1) and all after it, as for the dead. */
  public static void stopAt(long call) {
    failFrom(call, () -> new IOException("injected"));
  }

  /** Counts from 0 again and fails the given call (from 1) alone. */
  public static void failOnceAt(long call) {
    everywhere = Plan.of(call, call, () -> new IOException("injected"));
  }

  /** Counts from 0 again and fails every call in this way. */
  public static void failWith(IOException reason) {
    failFrom(1, () -> reason);
  }

  /** Counts from 0 again and fails the given call (from 1) and all after it in this way. */
  public static void failFrom(long call, Supplier<IOException> reason) {
    everywhere = Plan.of(call, Long.MAX_VALUE, reason);
  }

  /** Calls since counting began, those of folders that {@link #parkAt} names aside. */
  public static long calls() {
    return everywhere.calls().get();
  }

  /**
   * Counts the calls for a local folder, all that is in it included, from 0; the given one (from 1)
   * is left half done, reports itself, and never returns, and so do all after it: for a process
   * that is then killed.
   *
   * @return the number of its calls, now and later
   */
  public static LongSupplier parkAt(java.nio.file.Path folder, long call, Runnable report) {
    Plan plan = Plan.of(call, Long.MAX_VALUE, () -> park(report));
    FOLDERS.put(folder.toString(), plan);
    return plan.calls()::get;
  }

  private static IOException park(Runnable report) {
    report.run();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new IOException("interrupted");
  }

  private static Plan planOf(Path path) {
    for (Path folder = path; folder != null; folder = folder.getParent()) {
      Plan plan = FOLDERS.get(folder.toUri().getPath());
      if (plan != null) {
        return plan;
      }
    }
    return everywhere;
  }

  private static void count(Path path) throws IOException {
    Plan plan = planOf(path);
    if (plan.fails()) {
      throw plan.failure().get();
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
    count(path);
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
    count(path);
    OutputStream out =
        fs.create(inside(path), permission, overwrite, 1, replication, blockSize, progress);
    return new FSDataOutputStream(new FaultyOutputStream(out, path), null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    count(from);
    return fs.rename(inside(from), inside(to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    Plan plan = planOf(path);
    if (plan.fails()) {
      List<FileStatus> children =
          fs.exists(inside(path)) ? Stream.of(fs.listStatus(inside(path))).toList() : List.of();
      if (children.size() > 1) {
        fs.delete(children.get(0).getPath(), true);
      }
      throw plan.failure().get();
    }
    return fs.delete(inside(path), recursive);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    count(path);
    return fs.mkdirs(inside(path), permission);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return mkdirs(path, FsPermission.getDirDefault());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    count(path);
    return outside(fs.getFileStatus(inside(path)));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    count(path);
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
    private final Path path;

    FaultyOutputStream(OutputStream out, Path path) {
      super(out);
      this.path = path;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Plan plan = planOf(path);
      if (plan.fails()) {
        out.write(bytes, offset, length / 2);
        out.flush();
        throw plan.failure().get();
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        count(path);
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
