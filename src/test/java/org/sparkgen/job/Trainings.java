package org.sparkgen.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Pictures;
import org.sparkgen.report.MetricsLog;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** Trainings of seconds, on pictures of 8 x 8 that are made here. */
final class Trainings {
  static final int SIDE = 8;

  static final int CLASSES = 3;

  private static final int IDX_IMAGES = 0x803;
  private static final int IDX_LABELS = 0x801;

  private static final String COMMON =
      """
      run { name = small, seed = 7 }
      data {
        path = "%s", format = idx, shards = 3
        image { height = 8, width = 8 }
        heldOut { path = "%s" }
      }
      training { epochs = 3, batchSize = 16 }
      evaluation { every = 1 }
      output { path = "%s", samples = 20 }
      """;

  private static final String VAE = "model { family = vae, latent = 4, hidden = [16] }\n";

  private static final String GAN =
      "model { family = gan, latent = 4, hidden = [16], batchNorm = true }\n";

  private static final String VAE_GAN =
      """
      model {
        family = vae-gan, latent = 4, hidden = [16], batchNorm = true, gate = 0.1
        spectralNorm = true, instanceNoise = 0.2, instanceNoiseEpochs = 3
        augmentation { color = true, translation = true, cutout = true }
      }
      """;

  private static final String CLASSIFIER =
      "model { family = classifier, classes = 3, hidden = [16] }\n";

  private static final String ROWS =
      """
      run { name = rows, seed = 7 }
      data {
        path = "%s", format = csv, shards = 3, labelColumn = class
        features { count = 5 }
        heldOut { path = "%s" }
      }
      model { family = autoencoder, latent = 2, likelihood = gaussian, hidden = [16] }
      training { epochs = 3, batchSize = 16 }
      evaluation { every = 1 }
      output { path = "%s", samples = 20 }
      """;

  private Trainings() {}

  /** A VAE, three shards and rounds, 120 pictures to train on and 24 held out. */
  static RunConfig vae(Path folder, String... overrides) {
    return of(VAE, folder, overrides);
  }

  /** A GAN on the same, with batch normalisation, so that statistics travel too. */
  static RunConfig gan(Path folder, String... overrides) {
    return of(GAN, folder, overrides);
  }

  /** A VAE-GAN of the same, with all that a discriminator can have. */
  static RunConfig vaeGan(Path folder, String... overrides) {
    return of(VAE_GAN, folder, overrides);
  }

  /** A classifier of the same into three classes. */
  static RunConfig classifier(Path folder, String... overrides) {
    return of(CLASSIFIER, folder, labelled(folder, overrides));
  }

  /** Overrides that add labels, three classes in turn, to the pictures of a configuration. */
  static String[] labelled(Path folder, String... overrides) {
    List<String> all = new ArrayList<>();
    all.add("data.labels=" + labels(folder, "train-labels.idx", 120));
    all.add("data.heldOut.labels=" + labels(folder, "heldout-labels.idx", 24));
    all.addAll(List.of(overrides));
    return all.toArray(String[]::new);
  }

  /** Writes an IDX file of labels: that of picture i is its bright row modulo 3. */
  static Path labels(Path folder, String name, int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count);
    file.putInt(IDX_LABELS).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % SIDE % CLASSES));
    }
    return write(folder.resolve(name), file.array());
  }

  /** A plain autoencoder of numbers, five a row. */
  static RunConfig rows(Path folder, String... overrides) {
    String text =
        ROWS.formatted(
            table(folder, "train.csv", 120),
            table(folder, "heldout.csv", 24),
            folder.resolve("run"));
    return ConfigParser.parse(text, "rows.conf", List.of(overrides));
  }

  /** Rows on a line through the space, a little off it. */
  private static Path table(Path folder, String name, int count) {
    StringBuilder text = new StringBuilder("a,b,c,d,e,class\n");
    for (int i = 0; i < count; i++) {
      double t = i % 11 - 5;
      text.append("%s,%s,%s,%s,%s,%d%n".formatted(t, 100 + t, -t, i % 3, 1e3 * t, i % 2));
    }
    return write(folder.resolve(name), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A folder with a folder of two pictures, PNG, for each class. */
  static Path classFolders(Path folder, String... classes) {
    for (String name : classes) {
      Path of = folder.resolve(name);
      of.toFile().mkdirs();
      for (int i = 0; i < 2; i++) {
        write(of.resolve(i + ".png"), Pictures.file(Pictures.gradient(SIDE, SIDE), "png"));
      }
    }
    return folder;
  }

  private static RunConfig of(String model, Path folder, String... overrides) {
    String text =
        COMMON.formatted(
            pictures(folder, "train.idx", 120),
            pictures(folder, "heldout.idx", 24),
            folder.resolve("run"));
    return ConfigParser.parse(text + model, "small.conf", List.of(overrides));
  }

  /** Writes an IDX file of bars: picture i has a bright row and a bright column that i names. */
  static Path pictures(Path folder, String name, int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    file.putInt(IDX_IMAGES).putInt(count).putInt(SIDE).putInt(SIDE);
    for (int i = 0; i < count; i++) {
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = pixel / SIDE == i % SIDE || pixel % SIDE == i / SIDE % SIDE;
        file.put((byte) (bright ? 255 - i : i));
      }
    }
    return write(folder.resolve(name), file.array());
  }

  private static Path write(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TrainResult train(RunConfig config) {
    return train(config, Storage.open());
  }

  static TrainResult train(RunConfig config, Storage storage) {
    return new TrainJob(config, OverwritePolicy.REFUSE, storage).run();
  }

  /** The newest sound checkpoint of an output. */
  static Checkpoint newest(String output) {
    return new Checkpoints(Storage.open(), output, 2).latestVerified().checkpoint().orElseThrow();
  }

  /** Weights, optimizer state and counters of the newest checkpoint, as a digest. */
  static String state(String output) {
    return newest(output).snapshot().stateSha256();
  }

  /** The lines of an output's {@code metrics.jsonl}, none left out. */
  static List<RoundMetrics> metrics(String output) {
    return Storage.open()
        .readText(output + "/metrics.jsonl")
        .lines()
        .map(MetricsLog::parseLine)
        .toList();
  }
}
