package org.sparkgen.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.IdxImages;
import org.sparkgen.data.UnreadableExampleException;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/**
 * Measures a workload by training it, as {@link TrainJob} trains anything, into a folder that is
 * gone afterwards.
 */
public final class BenchJob implements Job<BenchResult> {
  private static final int RANDOM_IMAGES = 60_000;
  private static final long RANDOM_SEED = 0;
  private static final double MILLIS = 1e3;

  /** The column of the timeline that says when an event began. */
  private static final int START_MILLIS = 4;

  /** The keys that the benchmark sets itself. */
  private static final List<String> OWN_KEYS = List.of("data.path", "output.path");

  private final BenchRequest request;
  private final Storage storage;

  /** A measurement on this machine. */
  public BenchJob(BenchRequest request, Storage storage) {
    this.request = request;
    this.storage = storage;
  }

  /**
   * Trains and measures.
   *
   * @throws JobException USAGE for a configuration that can't be, or a master on other machines;
   *     whatever a training throws
   */
  @Override
  public BenchResult run() {
    requireOwnKeys();
    String folder = temporaryFolder();
    try {
      RunConfig config = configuration(folder);
      try (SparkEnvironment spark = SparkEnvironment.open("sparkgen bench " + request.workload())) {
        int cores = requireLocal(spark.facts());
        writeImages(config);
        return measured(config, spark.facts().get("master"), cores);
      }
    } finally {
      storage.delete(folder);
    }
  }

  private BenchResult measured(RunConfig config, String master, int cores) {
    BenchRounds rounds = new BenchRounds(cores);
    ProcessMemory.resetPeaks();
    TrainResult trained =
        new TrainJob(config, OverwritePolicy.REFUSE, storage, List.of(rounds)).run();
    return new BenchResult(
        request.workload(),
        master,
        cores,
        config.data().shards(),
        rounds.rounds(),
        secondsToFirstStep(trained.output(), rounds.rounds().get(0)),
        ProcessMemory.peakHeapBytes(),
        ProcessMemory.peakResidentBytes());
  }

  private void requireOwnKeys() {
    for (String override : request.overrides()) {
      for (String key : OWN_KEYS) {
        if (override.strip().startsWith(key)) {
          throw new JobException(
              ExitCode.USAGE,
              "--set %s: the benchmark sets %s itself; name other images with --images"
                  .formatted(override, key));
        }
      }
    }
  }

  private static String temporaryFolder() {
    try {
      return Files.createTempDirectory("sparkgen-bench").toUri().toString();
    } catch (IOException e) {
      throw new JobException(
          ExitCode.STORAGE, "can't make a temporary folder for the benchmark's output", e);
    }
  }

  private RunConfig configuration(String folder) {
    boolean asTheyAre = request.images().isPresent() && request.limit().isEmpty();
    String images = asTheyAre ? request.images().get() : Storage.resolve(folder, "images.idx");
    List<String> overrides = new ArrayList<>();
    overrides.add("data.shards=" + request.shards());
    overrides.add("training.epochs=" + request.epochs());
    overrides.addAll(request.overrides());
    overrides.add("data.path=" + images);
    overrides.add("output.path=" + Storage.resolve(folder, "run"));
    return request.workload().configuration(overrides);
  }

  private static int requireLocal(Map<String, String> facts) {
    String master = facts.get("master");
    if (!master.equals("local") && !master.startsWith("local[")) {
      throw new JobException(
          ExitCode.USAGE,
          "the benchmark measures one machine, but the master is %s: make it local[2]"
              .formatted(master));
    }
    return Integer.parseInt(facts.get("parallelism"));
  }

  /** Writes those images that are not trained on as they are. */
  private void writeImages(RunConfig config) {
    ImageShape shape = (ImageShape) config.data().shape();
    if (request.images().isEmpty()) {
      int count = request.limit().orElse(RANDOM_IMAGES);
      storage.publish(
          config.data().path(),
          IdxImages.noise(
              RANDOM_SEED, Math.min(count, RANDOM_IMAGES), shape.height(), shape.width()));
    } else if (request.limit().isPresent()) {
      storage.publish(config.data().path(), firstImages(request.images().get()));
    }
  }

  private byte[] firstImages(String file) {
    try {
      return IdxImages.first(storage.readBytes(file), request.limit().getAsInt());
    } catch (UnreadableExampleException e) {
      throw new JobException(ExitCode.INPUT, "%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** From the start of this Java machine; later workloads of one process begin late, therefore. */
  private double secondsToFirstStep(String output, BenchRound first) {
    long firstTask =
        storage
            .readText(Storage.resolve(output, "timeline/spark.csv"))
            .lines()
            .map(line -> line.split(","))
            .filter(event -> event[0].equals("shard"))
            .mapToLong(event -> Long.parseLong(event[START_MILLIS]))
            .min()
            .orElseThrow();
    long begin = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (firstTask - begin) / MILLIS + first.secondsBeforeSteps();
  }
}
