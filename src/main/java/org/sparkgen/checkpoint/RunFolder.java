package org.sparkgen.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.storage.Storage;

/**
 * A run's output folder in the hands of its one driver, from {@link #open} to {@link #complete}.
 *
 * <p>The driver holds the folder's lease, {@code lease.json}: the driver that opened the folder
 * last is its owner. Everything that counts goes through this class or through {@link
 * #checkpoints}, which read the lease first and stop with {@link
 * org.sparkgen.config.ExitCode#STORAGE} if another driver has taken over. What the lease promises
 * on which file system is told in {@code Lease}.
 *
 * <p>Only names that this program uses are ever written or deleted.
 */
public final class RunFolder {

  /** What was found when the folder was opened. */
  public enum State {
    /** Nothing to go on from: the run begins. */
    FRESH,
    /** The same run, unfinished: it goes on from {@link #checkpoints}. */
    RESUMED,
    /** The same run, finished; nothing is to be done, and nothing can be written. */
    COMPLETE
  }

  /** Stands for the owner of a finished run: it refuses every write. */
  static final Runnable FINISHED =
      () -> {
        throw new IllegalStateException("the run is complete: nothing more can be written");
      };

  private final Storage storage;
  private final String uri;
  private final Configuration configuration;
  private final State state;
  private final Runnable ownership;
  private final Runnable release;

  RunFolder(Storage storage, String uri, Configuration configuration, State state, Lease lease) {
    this(storage, uri, configuration, state, lease::check, lease::release);
  }

  private RunFolder(
      Storage storage,
      String uri,
      Configuration configuration,
      State state,
      Runnable ownership,
      Runnable release) {
    this.storage = storage;
    this.uri = uri;
    this.configuration = configuration;
    this.state = state;
    this.ownership = ownership;
    this.release = release;
  }

  static RunFolder complete(Storage storage, String uri, Configuration configuration) {
    return new RunFolder(storage, uri, configuration, State.COMPLETE, FINISHED, FINISHED);
  }

  /**
   * Decides what the folder is, and takes it if there is something to do.
   *
   * <ul>
   *   <li>Missing, empty, or left by a driver that was killed before it wrote {@code run.json}:
   *       fresh.
   *   <li>A run of the same configuration: complete if {@code _SUCCESS} is intact and every file
   *       that it names is there in its size; else resumed.
   *   <li>A run of another configuration that failed before its first round, and whose driver gave
   *       it up: it is deleted, and the folder is fresh.
   *   <li>Any other run of another configuration: refused, and left as it is. With {@link
   *       OverwritePolicy#OVERWRITE} it is deleted, {@code _SUCCESS} first, and the folder is
   *       fresh; so is a complete run of the same configuration. An unfinished one is resumed all
   *       the same, so that a killed driver loses nothing when its command is repeated.
   *   <li>Anything else: refused, under either policy.
   * </ul>
   *
   * @param effectiveConfiguration the configuration as a person reads it, secrets masked
   * @param flatConfiguration every key and value; all count but the output's place and its
   *     dashboards
   * @throws JobException USAGE for a refusal: says why, and what would be right
   */
  public static RunFolder open(
      Storage storage,
      String outputUri,
      String effectiveConfiguration,
      Map<String, String> flatConfiguration,
      OverwritePolicy policy) {
    Configuration configuration = new Configuration(effectiveConfiguration, flatConfiguration);
    return new Opening(storage, outputUri, configuration, policy).open();
  }

  /** What was found when the folder was opened. */
  public State state() {
    return state;
  }

  /** The folder's address. */
  public String uri() {
    return uri;
  }

  /**
   * The address of something in the folder, for writers that can't go through {@link #commit}, such
   * as Spark; they call {@link #checkOwner} first.
   *
   * @param name its first part must be one of the names of an output
   */
  public String uri(String name) {
    return OutputNames.resolve(uri, name);
  }

  /** SHA-256 of what the configuration says, 64 hexadecimal digits. */
  public String configurationSha256() {
    return configuration.sha256();
  }

  /** The run's checkpoints; those of another configuration are passed over. */
  public Checkpoints checkpoints(int keep) {
    return new Checkpoints(storage, uri, keep, configuration.sha256(), ownership);
  }

  /**
   * Fails unless this driver still owns the folder.
   *
   * @throws JobException STORAGE: another driver took over
   */
  public void checkOwner() {
    ownership.run();
  }

  /** What shows others that this driver is alive; not started yet. */
  public Heartbeat heartbeat() {
    return new Heartbeat(storage, uri, ownership);
  }

  /**
   * Publishes a file, in the place of any older one.
   *
   * @param name its first part must be one of the names of an output
   */
  public void commit(String name, byte[] content) {
    String target = uri(name);
    ownership.run();
    storage.publish(target, content);
  }

  /** As {@link #commit(String, byte[])}, in UTF-8. */
  public void commit(String name, String content) {
    commit(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds what is known about the run, such as versions and the data's fingerprint, to {@code
   * run.json}, in the place of what was added before. The configuration is there already.
   *
   * @param facts a JSON object
   */
  public void record(String facts) {
    String text = FolderRecord.write(configuration, FolderRecord.Phase.RUN, facts);
    ownership.run();
    storage.publish(Storage.resolve(uri, OutputNames.RUN), text);
  }

  /** The text of {@code run.json}. */
  public String recorded() {
    return storage.readText(Storage.resolve(uri, OutputNames.RUN));
  }

  /**
   * Gives the lease up after a failure that {@code result.json} tells of. Nothing can be written
   * afterwards; what the rounds have committed stays.
   */
  public void abandon() {
    release.run();
  }

  /**
   * Ends the run: digests every final file, writes {@code _SUCCESS} and gives the lease up. Nothing
   * can be written afterwards.
   *
   * @param result what the run came to
   */
  public void complete(Map<String, String> result) {
    ownership.run();
    byte[] success = Completion.of(storage, uri, result).toBytes();
    ownership.run();
    storage.publish(OutputNames.success(uri), success);
    release.run();
  }
}
