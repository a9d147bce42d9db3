package org.sparkgen.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.MlflowConfig;
import org.sparkgen.report.MlflowServer;
import org.sparkgen.report.RoundScalars;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/**
 * Tells an MLflow server of a run, from a thread of its own: a round only leaves its numbers there,
 * and the end of the run waits at most {@link #PATIENCE}. Whatever the server does, training goes
 * on.
 */
final class RunTracking implements RunListener {
  /** The longest that the end of a run waits for the server. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The longest that the thread waits for an answer. */
  static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  private static final String TOKEN = "[!-~]+";

  private final MlflowReporter reporter;
  private final Supplier<List<String>> pictures;
  private final Duration patience;

  /** One thread, and one call at most that waits for it: each call sends all there is to send. */
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1),
          RunTracking::daemon,
          new ThreadPoolExecutor.DiscardPolicy());

  private RoundScalars.Series series;
  private Optional<RoundMetrics> newest = Optional.empty();

  RunTracking(MlflowReporter reporter, Supplier<List<String>> pictures, Duration patience) {
    this.reporter = reporter;
    this.pictures = pictures;
    this.patience = patience;
  }

  /**
   * Tracking as a configuration asks for it.
   *
   * @param pictures files of the pictures that belong to the run, when it ends
   * @param environment value of an environment variable, or null
   */
  static RunTracking of(
      MlflowConfig config,
      RunFolder folder,
      Storage storage,
      Supplier<List<String>> pictures,
      UnaryOperator<String> environment) {
    Optional<String> token =
        config
            .bearerVariable()
            .map(environment)
            .map(String::strip)
            .filter(secret -> secret.matches(TOKEN));
    MlflowServer server = new MlflowServer(config.uri(), token, REQUEST_LIMIT);
    MlflowReporter reporter = new MlflowReporter(server, config, folder, storage);
    if (config.bearerVariable().isPresent() && token.isEmpty()) {
      reporter.warn(
          "the environment variable %s holds no token, so none is sent"
              .formatted(config.bearerVariable().get()));
    }
    return new RunTracking(reporter, pictures, PATIENCE);
  }

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "mlflow");
    made.setDaemon(true);
    return made;
  }

  @Override
  public void begun(RunRecord run, List<RoundMetrics> finished) {
    series = new RoundScalars.Series(run.started());
    reporter.begin(run);
    finished.forEach(this::add);
    thread.execute(reporter::send);
  }

  @Override
  public void roundEnded(RoundMetrics round) {
    add(round);
    thread.execute(reporter::send);
  }

  private void add(RoundMetrics round) {
    newest = Optional.of(round);
    reporter.add(series.next(round));
  }

  @Override
  public void ended(RunEnding ending) {
    if (series == null) {
      return; // It never began.
    }
    Map<String, String> tags = new TreeMap<>();
    newest.ifPresent(round -> tags.put("sparkgen.weightsSha256", round.weightsSha256()));
    ending.reason().ifPresent(reason -> tags.put("sparkgen.reason", reason));
    List<String> files = new ArrayList<>(List.of("report.html", "artifacts/model.json"));
    files.addAll(pictures.get());
    reporter.end(new MlflowReporter.Final(ending, Instant.now(), tags, files));
    thread.execute(reporter::send);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        reporter.warn("it took longer than %d s at the end".formatted(patience.toSeconds()));
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
