package org.sparkgen.job;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.report.ComparedRun;
import org.sparkgen.report.Png;
import org.sparkgen.report.RunComparison;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/** Says what tells two runs apart, finished or not; needs no Spark. */
public final class CompareJob implements Job<String> {
  private final Storage storage;
  private final CompareRequest request;

  /** A comparison of two output folders. */
  public CompareJob(Storage storage, CompareRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Lines for a terminal; the page, if one is wanted, replaces a file of its name.
   *
   * @throws JobException INPUT if one of the folders holds no run, USAGE if the page's name is that
   *     of a folder; nothing is written then
   */
  @Override
  public String run() {
    RunComparison comparison = new RunComparison(compared(request.a()), compared(request.b()));
    String text = comparison.text();
    request.to().ifPresent(to -> write(comparison, to));
    return text;
  }

  private void write(RunComparison comparison, String to) {
    if (storage.exists(to) && storage.list(to).stream().noneMatch(e -> isFile(e, to))) {
      throw new JobException(
          ExitCode.USAGE, to + " is a folder: --to names a file, such as comparison.html");
    }
    storage.publish(to, comparison.html().getBytes(StandardCharsets.UTF_8));
  }

  /** A file is listed as itself. */
  private static boolean isFile(StorageEntry entry, String uri) {
    return entry.isFile() && entry.name().equals(uri.substring(uri.lastIndexOf('/') + 1));
  }

  private ComparedRun compared(String output) {
    PastRun run = PastRun.of(storage, output);
    return new ComparedRun(
        output,
        run.record(),
        run.metrics(),
        run.result(),
        picture(output, "samples/final.png").or(() -> newestGrid(output)),
        picture(output, "reconstructions/final.png"));
  }

  private Optional<Png> newestGrid(String output) {
    String samples = Storage.resolve(output, "samples");
    return storage.exists(samples)
        ? storage.list(samples).stream()
            .map(StorageEntry::name)
            .filter(name -> name.startsWith("round-") && name.endsWith(".png"))
            .max(Comparator.naturalOrder())
            .flatMap(name -> picture(samples, name))
        : Optional.empty();
  }

  private Optional<Png> picture(String folder, String name) {
    String uri = Storage.resolve(folder, name);
    if (!storage.exists(uri)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Png.of(storage.readBytes(uri)));
    } catch (IllegalArgumentException e) {
      throw new JobException(ExitCode.STORAGE, uri + " is damaged: " + e.getMessage(), e);
    }
  }
}
