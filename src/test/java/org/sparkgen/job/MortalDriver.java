package org.sparkgen.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.storage.FaultyFileSystem;
import org.sparkgen.storage.Storage;

/**
 * A driver that finishes what its predecessor left, and then begins a run of its own, in the midst
 * of which it stops and waits to be killed.
 */
public final class MortalDriver {
  private MortalDriver() {}

  /**
   * Prints FINISHED and the ending for the first output, then PARKED when the second has come to
   * the given call, or WHOLE and the number of its calls if there are fewer.
   *
   * @param arguments configuration file, output to finish or "-", output to begin or "-", and the
   *     call of its file system (from 1) to stop at
   */
  public static void main(String[] arguments) throws IOException {
    String text = Files.readString(Path.of(arguments[0]));
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("mortal")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1");
    FaultyFileSystem.settings("spark.hadoop.").forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    if (!arguments[1].equals("-")) {
      FaultyFileSystem.heal();
      say("FINISHED " + train(text, arguments[1]).ending());
    }
    if (!arguments[2].equals("-")) {
      FaultyFileSystem.parkAt(Long.parseLong(arguments[3]), () -> say("PARKED"));
      train(text, arguments[2]);
      say("WHOLE " + FaultyFileSystem.calls());
    }
    session.stop();
  }

  private static TrainResult train(String text, String output) {
    RunConfig config =
        ConfigParser.parse(
            text,
            "small.conf",
            List.of("output.path=" + FaultyFileSystem.address(Path.of(output))));
    Storage storage = FaultyFileSystem.storage();
    return new TrainJob(config, OverwritePolicy.REFUSE, storage).run();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
