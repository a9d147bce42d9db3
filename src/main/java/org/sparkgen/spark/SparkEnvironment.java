package org.sparkgen.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark session that a job runs in: the one that exists, which is left running, or a new one,
 * which ends with the job.
 */
public final class SparkEnvironment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEnvironment.class);
  private static final String THREADS = "OMP_NUM_THREADS";
  private static final String ONE_THREAD = "1";
  private static final String EXECUTOR_THREADS = "spark.executorEnv." + THREADS;

  private final SparkSession session;
  private final Runnable ending;

  private SparkEnvironment(SparkSession session, Runnable ending) {
    this.session = session;
    this.ending = ending;
  }

  /**
   * Uses the active session, or begins one.
   *
   * @param name of a new application; master and all else come from spark-submit, or are {@code
   *     local[*]} where nothing says so
   */
  public static SparkEnvironment open(String name) {
    warnOfThreads();
    boolean running = SparkContext$.MODULE$.getActive().isDefined();
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.master", "local[*]")
            .setIfMissing(EXECUTOR_THREADS, ONE_THREAD);
    SparkSession session =
        running
            ? SparkSession.builder().getOrCreate()
            : SparkSession.builder().config(conf).appName(name).getOrCreate();
    return new SparkEnvironment(session, running ? () -> {} : session::stop);
  }

  /** Two native threads a task make it slower than one, and the sums depend on their number. */
  private static void warnOfThreads() {
    String threads = System.getenv(THREADS);
    if (!ONE_THREAD.equals(threads)) {
      LOG.warn(
          "{} is {} in this process: set it to 1 before starting, or steps are slow and results"
              + " differ from other machines",
          THREADS,
          threads == null ? "not set" : threads);
    }
  }

  /** Spark's session. */
  public SparkSession session() {
    return session;
  }

  /** What a run record says of the cluster and the native backend. */
  public Map<String, String> facts() {
    SparkContext context = session.sparkContext();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("spark", context.version());
    facts.put("master", context.master());
    facts.put("application", context.applicationId());
    facts.put("parallelism", Integer.toString(context.defaultParallelism()));
    facts.put("nd4j", Nd4j.getBackend().buildInfo().lines().findFirst().orElse("unknown").strip());
    return facts;
  }

  @Override
  public void close() {
    ending.run();
  }
}
