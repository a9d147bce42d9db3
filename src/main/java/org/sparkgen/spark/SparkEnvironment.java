package org.sparkgen.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.spark.time.SystemClockTimeSource;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark session that a job runs in: the one that exists, which is left running, or a new one,
 * which ends with the job.
 *
 * <p>What every session needs and what a submission may have forgotten is set here: one native
 * thread in executors, and the system clock as DL4J's source of time, which would otherwise ask a
 * time server on the network and fail without one. The serializer is left as it is: all that
 * travels are arrays of primitive numbers, for which Java's and Kryo's are equally good. Weights
 * don't get smaller by compression, so a broadcast goes without; the shuffle has it, because Java's
 * object streams read a kilobyte at a time where no decompressor stands between. A few megabytes of
 * results are sent at once rather than through a store. Tasks that hang are ended, see {@link
 * TaskDeadline}; an executor that can't end one is replaced after a minute. An executor that lacks
 * memory ends; in local mode that would be the driver, before it can say so, so there it stays.
 */
public final class SparkEnvironment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEnvironment.class);
  private static final String THREADS = "OMP_NUM_THREADS";
  private static final String ONE_THREAD = "1";
  private static final String EXECUTOR_THREADS = "spark.executorEnv." + THREADS;
  private static final String NO = "false";
  private static final String LARGE_BUFFER = "128k";
  private static final String DIRECT_RESULT = "16m";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String TIME_SOURCE = DL4JSystemProperties.TIMESOURCE_CLASSNAME_PROPERTY;
  private static final String SYSTEM_CLOCK = SystemClockTimeSource.class.getName();

  private final SparkSession session;
  private final TaskDeadline deadline;
  private final Runnable ending;

  private SparkEnvironment(SparkSession session, Runnable ending) {
    this.session = session;
    this.deadline = TaskDeadline.watch(session.sparkContext());
    this.ending = ending;
  }

  /**
   * Uses the active session, or begins one.
   *
   * @param name of a new application; master and all else come from spark-submit, or are {@code
   *     local[*]} where nothing says so
   */
  public static SparkEnvironment open(String name) {
    threadAdvice(System.getenv(THREADS)).ifPresent(LOG::warn);
    System.setProperty(TIME_SOURCE, SYSTEM_CLOCK);
    if (SparkContext$.MODULE$.getActive().isDefined()) {
      LOG.info("using the Spark session that exists; it is left running");
      return new SparkEnvironment(SparkSession.builder().getOrCreate(), () -> {});
    }
    SparkConf conf = completed(new SparkConf());
    TaskDeadline.of(conf);
    SparkSession session = SparkSession.builder().config(conf).appName(name).getOrCreate();
    return new SparkEnvironment(session, session::stop);
  }

  /** The settings of a submission, and those that it left out. */
  static SparkConf completed(SparkConf submitted) {
    String options = submitted.get(EXECUTOR_OPTIONS, "");
    String clock =
        options.contains("-D" + TIME_SOURCE + "=") ? "" : "-D" + TIME_SOURCE + "=" + SYSTEM_CLOCK;
    SparkConf conf = submitted.clone().setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    return conf.setIfMissing(EXECUTOR_THREADS, ONE_THREAD)
        .setIfMissing("spark.broadcast.compress", NO)
        .setIfMissing("spark.shuffle.file.buffer", LARGE_BUFFER)
        .setIfMissing("spark.task.maxDirectResultSize", DIRECT_RESULT)
        .setIfMissing("spark.task.reaper.enabled", "true")
        .setIfMissing("spark.task.reaper.killTimeout", "60s")
        .set(EXECUTOR_OPTIONS, (options + " " + clock).strip());
  }

  /**
   * What to say about the number of native threads in this process.
   *
   * @param threads value of {@code OMP_NUM_THREADS}, or null
   * @return empty if it is 1, as it should be
   */
  static Optional<String> threadAdvice(String threads) {
    return ONE_THREAD.equals(threads)
        ? Optional.empty()
        : Optional.of(
            "%s is %s in this process. Set it to 1 before starting: cores are filled by shards,"
                    .formatted(THREADS, threads == null ? "not set" : threads)
                + " more threads a task make it slower, and the last bits of the results depend on"
                + " their number");
  }

  /** Spark's session. */
  public SparkSession session() {
    return session;
  }

  /**
   * Hadoop's settings of a session, for {@link org.sparkgen.storage.Storage#open(Map)}. May hold
   * secrets: not for logs.
   */
  public static Map<String, String> hadoopSettings(SparkSession session) {
    return ExampleFiles.hadoopSettings(JavaSparkContext.fromSparkContext(session.sparkContext()));
  }

  /** What a run record says of the cluster and the native backend. */
  public Map<String, String> facts() {
    SparkContext context = session.sparkContext();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("spark", context.version());
    facts.put("master", context.master());
    facts.put("application", context.applicationId());
    facts.put("executors", Integer.toString(executors(context)));
    facts.put("parallelism", Integer.toString(context.defaultParallelism()));
    facts.put("serializer", SparkEnv.get().serializer().getClass().getSimpleName());
    facts.put("nativeThreads", Objects.requireNonNullElse(System.getenv(THREADS), "not set"));
    facts.put("nd4j", Nd4j.getBackend().buildInfo().lines().findFirst().orElse("unknown").strip());
    return facts;
  }

  /** Those that have registered or were asked for; in local mode the driver is the only one. */
  private static int executors(SparkContext context) {
    int registered = context.statusTracker().getExecutorInfos().length - 1;
    return Math.max(1, Math.max(registered, context.conf().getInt("spark.executor.instances", 0)));
  }

  @Override
  public void close() {
    deadline.close();
    ending.run();
  }
}
