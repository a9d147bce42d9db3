package org.sparkgen.cli;

import java.util.ArrayList;
import java.util.List;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import picocli.CommandLine;

/** {@code sparkgen train}. */
@CommandLine.Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Trains a model and leaves everything in output.path.",
    description = {
      "",
      "The same command again does the right thing: a finished run says so and ends with code 0, "
          + "an unfinished one goes on after its newest sound checkpoint and ends with the weights "
          + "that it would have had. A changed configuration is refused, with its differences.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen train conf/quickstart.conf --dry-run",
      "  sparkgen train conf/quickstart.conf --set training.epochs=200 --set run.seed=7",
      "  sparkgen train s3a://bucket/vae.conf --set output.path=s3a://bucket/runs/vae",
      "  sparkgen train conf/quickstart.conf --set 'model.hidden=[400,200]' --overwrite"
    })
final class TrainCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(
      paramLabel = "CONFIG",
      description = "Configuration file (HOCON) on any Hadoop path.")
  private String config;

  @CommandLine.Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the file; as often as needed, the last one wins.")
  private List<String> overrides = new ArrayList<>();

  @CommandLine.Option(
      names = "--dry-run",
      description = "Prints the effective configuration and the plan, and starts nothing.")
  private boolean dryRun;

  @CommandLine.Option(
      names = "--overwrite",
      description =
          "Deletes an earlier run in output.path and begins anew, unless it is this very run, unfinished, which goes on.")
  private boolean overwrite;

  TrainCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "CONFIG", config);
    RunConfig run = ConfigParser.parse(commands.readText(config), config, overrides);
    if (dryRun) {
      return new Outcome("dry-run", "the configuration is sound", dryRunText(run));
    }
    OverwritePolicy existing = overwrite ? OverwritePolicy.OVERWRITE : OverwritePolicy.REFUSE;
    return commands.train(run, existing).run();
  }

  /** A configuration file in itself: the plan stands in comments. */
  private String dryRunText(RunConfig run) {
    StringBuilder text = new StringBuilder("# Effective configuration of " + config + "\n\n");
    text.append(ConfigText.render(run)).append("\n# Plan\n");
    Plan.of(run).forEach(line -> text.append("#   ").append(line).append('\n'));
    return text.toString();
  }
}
