package org.sparkgen.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.storage.FaultyFileSystem;

/**
 * A driver that finishes the runs that its predecessor left, and then begins runs of its own, one
 * beside the other, each of which stops in the midst of another call of the file system and waits
 * for the process to be killed.
 */
final class MortalDriver {
  private final String config;
  private final Path folder;

  private MortalDriver(Path config) throws IOException {
    this.config = Files.readString(config);
    this.folder = config.getParent();
  }

  /** The output of the run that stops at a call. */
  static String run(long call) {
    return "call-%05d".formatted(call);
  }

  /**
   * Prints "FINISHED run ending" for each of the first runs; "PARKED run", or "WHOLE run calls" if
   * there are fewer calls, for each of the second; and then "READY".
   *
   * @param arguments configuration file, beside which the outputs lie, the calls at which runs to
   *     be finished were stopped, and those (from 1) at which to stop new ones, separated by commas
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MortalDriver driver = new MortalDriver(Path.of(arguments[0]));
    List<Long> unfinished = calls(arguments[1]);
    List<Long> next = calls(arguments[2]);
    // A run that stopped may have stopped in a task, which keeps its thread.
    SparkSession session = session(2 + next.size());
    for (long call : unfinished) {
      say("FINISHED " + run(call) + " " + driver.train(run(call)).ending());
    }
    for (long call : next) {
      driver.begin(call);
    }
    say("READY");
    if (next.isEmpty()) {
      session.stop();
    }
  }

  private static List<Long> calls(String list) {
    return Stream.of(list.split(",")).filter(call -> !call.isEmpty()).map(Long::valueOf).toList();
  }

  private static SparkSession session(int threads) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("mortal")
            .master("local[" + threads + "]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1");
    FaultyFileSystem.settings("spark.hadoop.").forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Returns when the run has stopped, or come to its end. */
  private void begin(long call) throws InterruptedException {
    String run = run(call);
    CountDownLatch stopped = new CountDownLatch(1);
    LongSupplier calls =
        FaultyFileSystem.parkAt(
            folder.resolve(run),
            call,
            () -> {
              say("PARKED " + run);
              stopped.countDown();
            });
    Thread thread =
        new Thread(
            () -> {
              train(run);
              say("WHOLE " + run + " " + calls.getAsLong());
              stopped.countDown();
            },
            run);
    thread.start();
    stopped.await();
  }

  private TrainResult train(String output) {
    RunConfig run =
        ConfigParser.parse(
            config,
            "small.conf",
            List.of("output.path=" + FaultyFileSystem.address(folder.resolve(output))));
    return new TrainJob(run, OverwritePolicy.REFUSE, FaultyFileSystem.storage()).run();
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
