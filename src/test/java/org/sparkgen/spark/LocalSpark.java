package org.sparkgen.spark;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods a {@link SparkSession} or {@link JavaSparkContext} as a parameter: one local
 * session of two threads for all test classes of the JVM, stopped after the last.
 *
 * <p>Ask for it per method; a session kept in a field may have been replaced by {@link
 * #withThreads}.
 */
public final class LocalSpark implements ParameterResolver {
  private static final int THREADS = 2;

  private static SparkSession shared;

  /** The shared session of two threads, started on first use. */
  public static synchronized SparkSession session() {
    if (shared == null || shared.sparkContext().isStopped()) {
      shared = start("local[" + THREADS + "]", Map.of());
    }
    return shared;
  }

  /** The context of the shared session. */
  public static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  /**
   * Runs work in a session of another number of threads. A JVM has one Spark context at a time: the
   * shared session is stopped before, and started again when it is next asked for.
   */
  public static <T> T withThreads(int threads, Function<SparkSession, T> work) {
    return withSession("local[" + threads + "]", Map.of(), work);
  }

  /** As {@link #withThreads}, with any master and more settings. */
  public static synchronized <T> T withSession(
      String master, Map<String, String> settings, Function<SparkSession, T> work) {
    stop();
    SparkSession session = start(master, settings);
    try {
      return work.apply(session);
    } finally {
      stop(session);
    }
  }

  /** Runs work while no Spark context exists; it must stop those that it starts. */
  public static synchronized <T> T withoutSession(Supplier<T> work) {
    stop();
    return work.get();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    Class<?> type = parameter.getParameter().getType();
    return type == SparkSession.class || type == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    extension
        .getRoot()
        .getStore(Namespace.create(LocalSpark.class))
        .getOrComputeIfAbsent("stop", key -> (AutoCloseable) LocalSpark::stop);
    return parameter.getParameter().getType() == SparkSession.class ? session() : context();
  }

  private static synchronized void stop() {
    if (shared != null) {
      stop(shared);
      shared = null;
    }
  }

  private static void stop(SparkSession session) {
    session.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
  }

  private static SparkSession start(String master, Map<String, String> settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("tests")
            .master(master)
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", "target/spark-warehouse");
    settings.forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    session.sparkContext().setLogLevel("WARN");
    return session;
  }
}
