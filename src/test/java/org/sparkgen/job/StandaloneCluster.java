package org.sparkgen.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Spark standalone cluster of real processes on loopback: a master, and two workers on hosts of
 * their own, for Spark runs no speculative copy on the host of the original.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String DEPLOY = "org.apache.spark.deploy.";

  private final List<ChildJvm> processes = new ArrayList<>();
  private final String master;

  /**
   * Starts one and waits until both workers have registered.
   *
   * @param name of the logs
   * @param folder where workers keep what they need
   * @param more options of master and workers
   */
  StandaloneCluster(String name, Path folder, int coresOfWorker, String... more) {
    ChildJvm first = start(name + "-master", "master.Master", "127.0.0.1", more);
    master = first.awaitOutput("Starting Spark master at (spark://[0-9.:]+)");
    for (int worker = 1; worker <= 2; worker++) {
      String work = folder.resolve("worker" + worker).toString();
      start(
          name + "-worker" + worker,
          "worker.Worker",
          "127.0.0." + worker,
          Stream.concat(
                  Stream.of(more),
                  Stream.of("--cores", "" + coresOfWorker, "--memory", "2g", "-d", work, master))
              .toArray(String[]::new));
    }
    first.awaitOutput("(?s)(Registering worker.*Registering worker)");
  }

  private ChildJvm start(String name, String mainClass, String host, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--host", host));
    arguments.addAll(List.of("--port", "0", "--webui-port", "0"));
    arguments.addAll(List.of(more));
    ChildJvm child = ChildJvm.start(name, DEPLOY + mainClass, arguments);
    processes.add(child);
    return child;
  }

  /** The master's URL. */
  String master() {
    return master;
  }

  /** The workers before the master; a worker takes its executors with it. */
  @Override
  public void close() {
    Collections.reverse(processes);
    processes.forEach(ChildJvm::terminate);
    processes.forEach(ChildJvm::exitCode);
  }
}
