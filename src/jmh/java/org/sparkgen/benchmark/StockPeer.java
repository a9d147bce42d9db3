package org.sparkgen.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sparkgen.report.Median;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Stock DL4J on the workloads of the bench command: its layers, its {@code fit}. Prints a line of
 * JSON an epoch, and last the median over the epochs after the first.
 */
@CommandLine.Command(
    name = "stock",
    mixinStandardHelpOptions = true,
    header = "Measures how fast stock DL4J trains a workload.")
public final class StockPeer implements Callable<Integer> {
  private static final String THREADS = "OMP_NUM_THREADS";
  private static final double TENTH = 10;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(paramLabel = "WORKLOAD", description = "${COMPLETION-CANDIDATES}")
  private Name workload;

  @CommandLine.Option(
      names = "--threads",
      description =
          "Native threads, or, of autoencoder-spark, tasks of one thread. Default:"
              + " OMP_NUM_THREADS, which must be the same where it is set.")
  private Optional<Integer> threads = Optional.empty();

  @CommandLine.Option(names = "--epochs", defaultValue = "3", description = "Passes.")
  private int epochs;

  @CommandLine.Option(
      names = "--images",
      description = "IDX image file of 28 x 28, .gz or not. Default: random bytes.")
  private Optional<Path> images = Optional.empty();

  @CommandLine.Option(
      names = "--limit",
      defaultValue = "60000",
      description = "Uses the first so many images.")
  private int limit;

  /** What can be measured; named as on the command line. */
  enum Name {
    /** The VAE layer. */
    VAE_MLP("vae-mlp", 128),
    /** The convolutional VAE. */
    VAE_CONV("vae-conv", 128),
    /** The convolutional GAN. */
    GAN_CONV("gan-conv", 64),
    /** A plain autoencoder under DL4J Spark. */
    AUTOENCODER_SPARK("autoencoder-spark", 128);

    private final String text;
    private final int batchSize;

    Name(String text, int batchSize) {
      this.text = text;
      this.batchSize = batchSize;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    int code = new CommandLine(new StockPeer()).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws Exception {
    int cores = requireThreads();
    StockTrainer trainer = trainer(StockImages.read(images, limit, workload.batchSize), cores);
    List<Double> rates = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      long begin = System.nanoTime();
      long examples = trainer.epoch(epoch);
      rates.add(examples / ((System.nanoTime() - begin) / 1e9));
      print(
          line(cores)
              .put("epoch", epoch)
              .put("images_per_second", tenths(rates.get(epoch)))
              .put("score", tenths(trainer.score())));
    }
    List<Double> counted = epochs == 1 ? rates : rates.subList(1, epochs);
    double median = Median.of(counted.stream().mapToDouble(Double::doubleValue).toArray());
    print(
        line(cores)
            .put("median_images_per_second", tenths(median))
            .put("trainer", trainer.description()));
    return 0;
  }

  /** The native libraries read the variable when they are loaded; nothing sets it afterwards. */
  private int requireThreads() {
    int variable = Integer.parseInt(System.getenv().getOrDefault(THREADS, "1"));
    int wanted = threads.orElse(variable);
    int needed = workload == Name.AUTOENCODER_SPARK ? 1 : wanted;
    if (System.getenv(THREADS) == null || variable != needed) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be %d for this, but is %s".formatted(THREADS, needed, System.getenv(THREADS)));
    }
    return wanted;
  }

  private StockTrainer trainer(StockImages data, int cores) {
    return switch (workload) {
      case VAE_MLP -> new StockVae(data);
      case VAE_CONV -> new StockConvVae(data);
      case GAN_CONV -> new StockGan(data);
      case AUTOENCODER_SPARK -> new StockSparkAutoencoder(data, cores);
    };
  }

  private ObjectNode line(int cores) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("peer", "dl4j")
        .put("workload", workload.toString())
        .put("threads", cores);
  }

  private void print(ObjectNode line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private static double tenths(double value) {
    return Math.round(value * TENTH) / TENTH;
  }
}
