package org.sparkgen.job;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.MlflowConfig;
import org.sparkgen.report.MlflowFailure;
import org.sparkgen.report.MlflowRun;
import org.sparkgen.report.MlflowServer;
import org.sparkgen.report.RoundScalars;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunRecord;
import org.sparkgen.storage.Storage;

/**
 * What an MLflow server is still to be told of a run, and the telling of it.
 *
 * <p>{@link #send} tells all there is; what fails because nobody answers is tried again with the
 * next call, and after a refusal nothing more is sent. Neither throws: the first failure is a
 * warning in the log, and the only one. The run's identifier is kept in {@code mlflow.json}, so
 * that a later start goes on with the same run, after the last round that the server has.
 */
final class MlflowReporter {
  /** Rounds that wait for the server; beyond, the oldest are forgotten. */
  static final int MOST_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(MlflowReporter.class);
  private static final String FILE = "mlflow.json";
  private static final int ROUNDS_AT_ONCE = 100;

  private final MlflowServer server;
  private final MlflowConfig config;
  private final RunFolder folder;
  private final Storage storage;
  private final Deque<RoundScalars> waiting = new ArrayDeque<>();
  private final AtomicBoolean warned = new AtomicBoolean();
  private RunRecord record;
  private Optional<MlflowRun> run = Optional.empty();
  private boolean described;
  private volatile boolean refused;
  private Optional<Final> last = Optional.empty();

  /** What is told when no more rounds come. */
  record Final(RunEnding ending, Instant at, Map<String, String> tags, List<String> files) {}

  MlflowReporter(MlflowServer server, MlflowConfig config, RunFolder folder, Storage storage) {
    this.server = server;
    this.config = config;
    this.folder = folder;
    this.storage = storage;
  }

  /** The run that all is about; to be called first. */
  synchronized void begin(RunRecord about) {
    record = about;
  }

  /** Leaves a round to be sent. */
  synchronized void add(RoundScalars round) {
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
    }
    waiting.addLast(round);
  }

  /** Leaves the end to be sent. */
  synchronized void end(Final end) {
    last = Optional.of(end);
  }

  /** Tells the server all that it does not know yet; for one thread at a time. */
  void send() {
    if (refused) {
      return;
    }
    try {
      MlflowRun known = connected();
      describe(known);
      sendRounds(known);
      Optional<Final> end = end();
      if (end.isPresent()) {
        sendEnd(known, end.get());
      }
    } catch (MlflowFailure e) {
      refused = e.kind() != MlflowFailure.Kind.UNREACHABLE;
      warn(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The run ends, and has waited long enough.
    } catch (RuntimeException e) {
      refused = true;
      warn(e.toString());
    }
  }

  /** Says why the server isn't told everything, unless that was said before. */
  void warn(String reason) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "MLflow at {}: {}. Training goes on{}",
          server.uri(),
          reason,
          refused ? " without it" : "; what is missing is sent when it can be");
    }
  }

  private MlflowRun connected() throws MlflowFailure, InterruptedException {
    if (run.isEmpty()) {
      run = earlier();
      if (run.isEmpty()) {
        run = Optional.of(created());
      }
      LOG.info("MLflow run {}", run.get().page());
    }
    return run.get();
  }

  /** The run of an earlier start, if the server still has it. */
  private Optional<MlflowRun> earlier() throws MlflowFailure, InterruptedException {
    String file = folder.uri(FILE);
    if (!storage.exists(file)) {
      return Optional.empty();
    }
    MlflowRun before = MlflowRun.parse(storage.readText(file));
    if (!before.server().equals(server.uri())) {
      return Optional.empty();
    }
    try {
      long newest = server.newestStep(before);
      server.resume(before);
      forgetUpTo(newest);
      return Optional.of(before);
    } catch (MlflowFailure e) {
      if (e.kind() == MlflowFailure.Kind.UNKNOWN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private MlflowRun created() throws MlflowFailure, InterruptedException {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("mlflow.source.name", "sparkgen");
    tags.put("mlflow.source.type", "JOB");
    tags.put("mlflow.user", System.getProperty("user.name", "unknown"));
    MlflowRun made =
        server.create(
            server.experiment(config.experiment()),
            config.runName().orElse(record.name()),
            record.started(),
            tags);
    folder.commit(FILE, made.json());
    return made;
  }

  /** Parameters and tags, once a start: they may have been lost in an earlier one. */
  private void describe(MlflowRun known) throws MlflowFailure, InterruptedException {
    if (described) {
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>(record.configuration());
    // A parameter can't be changed, and these may be others in a later start of the run.
    parameters.keySet().removeIf(key -> key.matches("output\\.(path|events|mlflow\\..*)"));
    try {
      server.parameters(known, parameters);
    } catch (MlflowFailure e) {
      if (e.kind() != MlflowFailure.Kind.REFUSED) {
        throw e;
      }
      warn("parameters were refused: " + e.getMessage()); // Metrics may still be welcome.
    }
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("sparkgen.version", record.versions().facts().getOrDefault("sparkgen", "unknown"));
    tags.put("sparkgen.output", folder.uri());
    tags.put("sparkgen.dataFingerprint", record.data().fingerprint());
    server.tags(known, tags);
    described = true;
  }

  private void sendRounds(MlflowRun known) throws MlflowFailure, InterruptedException {
    for (List<RoundScalars> some = next(); !some.isEmpty(); some = next()) {
      server.metrics(known, some);
      forgetUpTo(some.get(some.size() - 1).round());
    }
  }

  private void sendEnd(MlflowRun known, Final end) throws MlflowFailure, InterruptedException {
    server.tags(known, end.tags());
    server.end(known, end.ending().status(), end.at());
    if (!server.takesArtifacts(known)) {
      LOG.info(
          "MLflow keeps artifacts at {}, past its server: they stay in {}",
          known.artifacts(),
          folder.uri());
      return;
    }
    for (String name : end.files()) {
      String file = folder.uri(name);
      if (storage.exists(file)) {
        server.artifact(known, name, storage.readBytes(file));
      }
    }
  }

  private synchronized Optional<Final> end() {
    return last;
  }

  private synchronized List<RoundScalars> next() {
    return waiting.stream().limit(ROUNDS_AT_ONCE).toList();
  }

  private synchronized void forgetUpTo(long round) {
    while (!waiting.isEmpty() && waiting.peekFirst().round() <= round) {
      waiting.removeFirst();
    }
  }
}
