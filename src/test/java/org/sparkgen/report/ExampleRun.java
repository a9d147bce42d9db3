package org.sparkgen.report;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.sparkgen.config.ImageShape;
import org.sparkgen.training.RoundMetrics;

/** Runs as they look after training, made up from a formula and real pictures. */
final class ExampleRun {
  static final ImageShape SHAPE = new ImageShape(1, 28, 28);
  private static final Path IMAGES = Path.of("datasets/fashion-mini/train-images-idx3-ubyte.gz");
  static final String HOSTILE_CLASS = "\"><script>alert('class')</script>";
  private static final int IDX_HEADER = 16;
  private static final String DIGEST =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private ExampleRun() {}

  /** A VAE that trained well, with one resume and a few rejects. */
  static ReportContent vae(int rounds) throws IOException {
    Random random = new Random(7);
    List<RoundMetrics> metrics = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double kl = 14.5 * (1 - Math.exp(-round / 3.0)) + 0.05 * random.nextGaussian();
      double reconstruction = 226 + 190 * Math.exp(-(round - 1) / 1.4) + 9 * Math.exp(-round / 9.0);
      reconstruction += 0.15 * random.nextGaussian();
      Map<String, Double> losses = new TreeMap<>();
      losses.put("kl", kl);
      losses.put("reconstruction", reconstruction);
      losses.put("loss", reconstruction + kl);
      losses.put("negativeElbo", reconstruction + kl);
      if (round % 2 == 0) {
        losses.put("heldOut.loss", (reconstruction + kl) * 1.012 + 0.3 * random.nextGaussian());
        losses.put("heldOut.negativeElbo", losses.get("heldOut.loss"));
        losses.put("heldOut.reconstruction", reconstruction * 1.013);
        losses.put("heldOut.kl", kl * 1.004);
      }
      metrics.add(metrics(round, losses, random));
    }
    return content("fashion-vae", "vae", rounds, metrics, pictures(rounds, random));
  }

  /** A GAN in the middle of its rounds. */
  static ReportContent gan(int rounds) throws IOException {
    Random random = new Random(8);
    List<RoundMetrics> metrics = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Map<String, Double> losses = new TreeMap<>();
      losses.put("discriminator", 1.05 - 0.3 / round + 0.06 * random.nextGaussian());
      losses.put("discriminatorOnReal", 0.7 + 0.02 * random.nextGaussian());
      losses.put("discriminatorOnFake", 0.28 + 0.02 * random.nextGaussian());
      losses.put("generator", 1.2 + 1.5 / round + 0.12 * random.nextGaussian());
      metrics.add(metrics(round, losses, random));
    }
    ReportPictures all = pictures(rounds, random);
    ReportPictures pictures =
        new ReportPictures(
            all.samples(),
            Optional.empty(),
            all.interpolations(),
            Optional.empty(),
            all.traversals(),
            all.strip(),
            all.evolution());
    ReportContent content = content("fashion-gan", "gan", rounds, metrics, pictures);
    RunSummary run = content.run();
    return new ReportContent(
        new RunSummary(
            run.name(),
            "gan",
            RunStatus.RUNNING,
            Optional.empty(),
            42,
            2 * rounds,
            run.started(),
            run.elapsed(),
            run.output()),
        content.rounds(),
        pictures,
        content.data(),
        content.facts(),
        content.configuration(),
        content.versions(),
        List.of());
  }

  /** A GAN that collapsed and then diverged; no pictures, hostile names. */
  static ReportContent failed() {
    Random random = new Random(9);
    List<RoundMetrics> metrics = new ArrayList<>();
    for (int round = 1; round <= 9; round++) {
      Map<String, Double> losses = new TreeMap<>();
      losses.put("discriminator", 0.8 / Math.pow(round, 2.5));
      losses.put("discriminatorOnReal", 1 - 0.3 / round);
      losses.put("discriminatorOnFake", 0.3 / Math.pow(round, 2));
      losses.put("generator", 1.2 * round);
      metrics.add(metrics(round, losses, random));
    }
    RunSummary run =
        new RunSummary(
            "<b>bold</b>",
            "gan",
            RunStatus.FAILED,
            Optional.of("NaN in the weights of 'generator' after round 10, shard 3. Lower <rate>."),
            42,
            20,
            Instant.parse("2026-03-01T09:30:00Z"),
            Duration.ofSeconds(31),
            "hdfs://cluster/runs/<b>bold</b>");
    return new ReportContent(
        run,
        metrics,
        ReportPictures.none(),
        data(),
        new RunFacts(OptionalDouble.of(0.08), 0, 1),
        Map.of("run.name", "<b>bold</b>"),
        versions(),
        List.of());
  }

  /** A run before its first round has ended. */
  static ReportContent begun() {
    RunSummary run =
        new RunSummary(
            "fashion-vae",
            "vae",
            RunStatus.RUNNING,
            Optional.empty(),
            42,
            20,
            Instant.parse("2026-03-01T09:30:00Z"),
            Duration.ofSeconds(3),
            "target/runs/fashion-vae");
    DataSummary data =
        new DataSummary("data", "1 x 28 x 28 pixels", 0, 0, List.of(), 0, List.of(), DIGEST);
    return new ReportContent(
        run,
        List.of(),
        ReportPictures.none(),
        data,
        RunFacts.none(),
        Map.of(),
        versions(),
        List.of());
  }

  private static RoundMetrics metrics(int round, Map<String, Double> losses, Random random) {
    double train = 1.9 + (round == 1 ? 1.6 : 0) + 0.06 * random.nextGaussian();
    Map<String, Double> seconds = new TreeMap<>();
    seconds.put("train", train);
    seconds.put("combine", 0.11 + 0.01 * random.nextDouble());
    seconds.put("checkpoint", 0.08 + 0.01 * random.nextDouble());
    seconds.put("samples", 0.05);
    seconds.put("evaluate", losses.containsKey("heldOut.loss") ? 0.22 : 0);
    seconds.put("task.step", 2 * train * 0.92);
    seconds.put("task.feed", 2 * train * 0.05);
    seconds.put("task.load", 2 * train * 0.02);
    return new RoundMetrics(round, round, 19_988, losses, 19_988 / train, seconds, DIGEST);
  }

  private static ReportContent content(
      String name, String family, int rounds, List<RoundMetrics> metrics, ReportPictures pictures) {
    RunSummary run =
        new RunSummary(
            name,
            family,
            RunStatus.FINISHED,
            Optional.empty(),
            42,
            rounds,
            Instant.parse("2026-03-01T09:30:00Z"),
            Duration.ofSeconds(152),
            "target/runs/" + name);
    return new ReportContent(
        run,
        metrics,
        pictures,
        data(),
        new RunFacts(OptionalDouble.of(0.83), 1, 0),
        configuration(name, family),
        versions(),
        artifacts());
  }

  private static DataSummary data() {
    return new DataSummary(
        "datasets/fashion-mini/train-images-idx3-ubyte.gz",
        "1 x 28 x 28 pixels",
        20_000,
        12,
        List.of(4_995L, 5_003L, 4_981L, 5_009L),
        2_000,
        List.of(
            new RejectedInput("photos/boots/IMG 0031.jpg", "the JPEG data end too early"),
            new RejectedInput(
                "photos/<script>alert(1)</script>.png", "not an image: begins with 3c3f"),
            new RejectedInput("photos/bags/0188.png", "claims 120,000 x 90,000 pixels")),
        DIGEST);
  }

  private static Map<String, String> configuration(String name, String family) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("run.name", name);
    keys.put("run.seed", "42");
    keys.put("data.path", "datasets/fashion-mini/train-images-idx3-ubyte.gz");
    keys.put("data.format", "idx");
    keys.put("data.labels", "datasets/fashion-mini/train-labels-idx1-ubyte.gz");
    keys.put("data.shards", "4");
    keys.put("data.image.height", "28");
    keys.put("data.image.width", "28");
    keys.put("data.image.channels", "1");
    keys.put("data.image.fit", "crop");
    keys.put("data.maxRejectedFraction", "0.01");
    keys.put("model.family", family);
    keys.put("model.latent", "20");
    keys.put("model.likelihood", "bernoulli");
    keys.put("model.beta", "1.0");
    keys.put("model.network", "mlp");
    keys.put("model.hidden", "[400]");
    keys.put("model.activation", "relu");
    keys.put("training.epochs", "60");
    keys.put("training.batchSize", "128");
    keys.put("training.optimizer.kind", "adam");
    keys.put("training.optimizer.learningRate", "1e-3");
    keys.put("training.averaging.every", "epoch");
    keys.put("training.averaging.updaterState", "average");
    keys.put("output.path", "target/runs/" + name);
    keys.put("output.samples", "64");
    keys.put("output.gridEvery", "1");
    keys.put("output.checkpoints.every", "1");
    keys.put("output.checkpoints.keep", "2");
    return keys;
  }

  private static Versions versions() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("sparkgen", "0.1.0-SNAPSHOT");
    facts.put("java", "17.0.12 (Eclipse Adoptium)");
    facts.put("system", "Linux 6.1 on amd64");
    facts.put("cpu", "AMD EPYC 7B13, 2 processors");
    facts.put("OMP_NUM_THREADS", "1");
    facts.put("spark", "3.5.5, local[2]");
    facts.put("nd4j", "1.0.0-M2.1, CpuBackend, avx2");
    return new Versions(facts);
  }

  private static List<Artifact> artifacts() {
    return List.of(
        new Artifact("decoder", "artifacts/decoder.zip", 1_310_224, DIGEST),
        new Artifact("encoder", "artifacts/encoder.zip", 1_342_882, DIGEST),
        new Artifact("samples", "samples/samples.parquet", 48_112, DIGEST));
  }

  private static ReportPictures pictures(int rounds, Random random) throws IOException {
    Pictures real = real(160);
    List<GridPicture> evolution = new ArrayList<>();
    for (int round = 1; round <= rounds; round += Math.max(1, rounds / 20)) {
      double noise = 120 * Math.exp(-round / 6.0);
      evolution.add(new GridPicture(round, ImageGrid.square(drawn(real, 0, 25, noise, random))));
    }
    return new ReportPictures(
        Optional.of(ImageGrid.square(drawn(real, 64, 64, 6, random))),
        Optional.of(ImageGrid.pairs(real.first(20), drawn(real, 0, 20, 0, random), 10, 2)),
        Optional.of(ImageGrid.rows(between(real), 10, 2)),
        Optional.of(map(random)),
        Optional.of(
            new Traversals(
                new LabelledGrid(
                    ImageGrid.rows(between(real), 10, 2),
                    List.of("z3  0.98", "z1  0.71", "z8  0.4", "z2  0.1", "z4  0.01", "z5  0.00"),
                    List.of()),
                "One latent dimension a row.")),
        SampleStrip.of(evolution, SHAPE),
        evolution);
  }

  /** Three classes, of which one has a hostile name. */
  private static LatentMap map(Random random) {
    List<LatentMap.Point> points = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      points.add(
          new LatentMap.Point(
              i % 3 + 0.4 * random.nextGaussian(), i % 2 + 0.4 * random.nextGaussian(), i % 3));
    }
    return new LatentMap(
        points, List.of("boots", HOSTILE_CLASS, "shirts & skirts"), "600 latent vectors");
  }

  /** Real pictures, blurred and with noise, as a young model might draw them. */
  private static Pictures drawn(Pictures real, int from, int count, double noise, Random random) {
    byte[] pixels = new byte[count * SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      int picture = i / SHAPE.size();
      int row = i % SHAPE.size() / SHAPE.width();
      int column = i % SHAPE.width();
      double sum = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int y = Math.max(0, Math.min(SHAPE.height() - 1, row + dy));
          int x = Math.max(0, Math.min(SHAPE.width() - 1, column + dx));
          sum += real.value(from + picture, 0, y, x);
        }
      }
      pixels[i] = (byte) Math.max(0, Math.min(255, sum / 9 + noise * random.nextGaussian()));
    }
    return Pictures.of(SHAPE, pixels);
  }

  private static Pictures between(Pictures real) {
    int rows = 6;
    int perRow = 10;
    byte[] pixels = new byte[rows * perRow * SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      int picture = i / SHAPE.size();
      double share = picture % perRow / (perRow - 1.0);
      int from = 2 * (picture / perRow);
      double value =
          (1 - share) * real.value(from, i % SHAPE.size())
              + share * real.value(from + 1, i % SHAPE.size());
      pixels[i] = (byte) value;
    }
    return Pictures.of(SHAPE, pixels);
  }

  private static Pictures real(int count) throws IOException {
    try (InputStream file = Files.newInputStream(IMAGES);
        DataInputStream stream = new DataInputStream(new GZIPInputStream(file))) {
      stream.skipNBytes(IDX_HEADER);
      return Pictures.of(SHAPE, stream.readNBytes(count * SHAPE.size()));
    }
  }
}
