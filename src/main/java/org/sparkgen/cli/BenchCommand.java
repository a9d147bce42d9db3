package org.sparkgen.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.sparkgen.job.BenchRequest;
import org.sparkgen.job.Workload;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen bench}. */
@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measures how fast this machine trains.",
    description = {
      "",
      "Trains vae-mlp, vae-conv and gan-conv (conf/bench-*.conf), or those that are named, as train "
          + "does, into a temporary folder. Prints JSON: a line an epoch, then the medians over the "
          + "epochs after the first. Images per second are of whole rounds, from end to end. "
          + "Memory and seconds_to_first_step are those of the process: for these, measure one "
          + "workload at a time.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit/local.sh bench vae-mlp",
      "  submit/local.sh bench gan-conv --images datasets/mnist/train-images-idx3-ubyte.gz",
      "  SPARKGEN_MASTER=local[1] submit/local.sh bench vae-mlp --limit 12800 --epochs 3"
    })
final class BenchCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = "vae-mlp, vae-conv or gan-conv. Default: all three, one after the other.")
  private List<String> workloads = new ArrayList<>();

  @CommandLine.Option(
      names = "--images",
      paramLabel = "FILE",
      description = "IDX image file, .gz or not. Default: 60,000 images of random bytes.")
  private Optional<String> images = Optional.empty();

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "N",
      description = "Uses the first N images only.")
  private Optional<Integer> limit = Optional.empty();

  @CommandLine.Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Epochs, each a round. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @CommandLine.Option(
      names = "--shards",
      paramLabel = "K",
      defaultValue = "2",
      description = "Shards that the images are dealt to. Default: ${DEFAULT-VALUE}.")
  private int shards;

  @CommandLine.Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the workload's configuration; as often as needed.")
  private List<String> overrides = new ArrayList<>();

  BenchCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    images.ifPresent(file -> Paths.check(spec, "--images", file));
    atLeastOne("--limit", limit.orElse(1));
    atLeastOne("--epochs", epochs);
    atLeastOne("--shards", shards);
    List<Workload> chosen =
        workloads.isEmpty()
            ? List.of(Workload.values())
            : workloads.stream().map(Workload::named).toList();
    List<String> reasons = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    for (Workload workload : chosen) {
      Outcome outcome = commands.bench(request(workload)).run();
      // At once: the next workload takes minutes.
      out.print(outcome.text());
      out.flush();
      reasons.add(outcome.reason());
    }
    return new Outcome("complete", String.join("; ", reasons), "");
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least 1, but is " + value);
    }
  }

  private BenchRequest request(Workload workload) {
    OptionalInt most = limit.map(OptionalInt::of).orElse(OptionalInt.empty());
    return new BenchRequest(workload, images, most, epochs, shards, overrides);
  }
}
