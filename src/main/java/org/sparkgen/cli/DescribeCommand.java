package org.sparkgen.cli;

import java.util.List;
import java.util.Optional;
import org.sparkgen.job.CompareRequest;
import picocli.CommandLine;

/** {@code sparkgen describe}. */
@CommandLine.Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Says what an output folder holds, its metrics and its health; or compares two.",
    customSynopsis = {
      "sparkgen describe [-hV] OUTPUT",
      "sparkgen describe [-hV] --compare A B [--to FILE]"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen describe target/runs/quickstart",
      "  sparkgen describe --compare target/runs/a target/runs/b --to both.html"
    })
final class DescribeCommand implements Command {
  private static final String COMPARE = "--compare";
  private static final String TO = "--to";

  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(
      paramLabel = "OUTPUT",
      arity = "0..1",
      description = "The output.path of a training.")
  private String output;

  @CommandLine.Option(
      names = COMPARE,
      paramLabel = "OUTPUT",
      arity = "2",
      description = "Shows what tells two outputs apart: settings, metrics, health.")
  private List<String> compared;

  @CommandLine.Option(
      names = TO,
      paramLabel = "FILE",
      description =
          "With --compare, file for a page with the curves and samples of both, on any Hadoop path.")
  private String to;

  DescribeCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    return compared == null ? describe() : compare();
  }

  private Outcome describe() {
    if (output == null) {
      throw mistake("Missing required parameter: 'OUTPUT'");
    }
    if (to != null) {
      throw mistake("--to is for --compare: a run's own page is its report.html");
    }
    Paths.check(spec, "OUTPUT", output);
    return commands.describe(output).run();
  }

  private Outcome compare() {
    if (output != null || compared.size() > 2) {
      throw mistake("--compare takes the two outputs; name no other");
    }
    compared.forEach(path -> Paths.check(spec, COMPARE, path));
    if (to != null) {
      Paths.check(spec, TO, to);
    }
    return commands
        .compare(new CompareRequest(compared.get(0), compared.get(1), Optional.ofNullable(to)))
        .run();
  }

  private CommandLine.ParameterException mistake(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
