package org.sparkgen.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.Secrets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line to its exit code.
 *
 * <p>Results go to standard output; messages, and at last the RESULT line, to standard error.
 */
final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final Commands commands;
  private final PrintWriter out;
  private final PrintWriter err;

  /** An application that calls those jobs and prints there. */
  Application(Commands commands, PrintWriter out, PrintWriter err) {
    this.commands = commands;
    this.out = out;
    this.err = err;
  }

  /** Runs one command; never throws. */
  int run(String... args) {
    CommandLine line = commandLine();
    Optional<Ending> ending;
    try {
      ending = execute(line, args);
    } catch (ParameterException e) {
      ending = Optional.of(explain(e));
    } catch (Exception | Error e) {
      ending = Optional.of(explain(e));
    }
    out.flush();
    ending.ifPresent(err::println);
    err.flush();
    return ending.map(Ending::code).orElse(ExitCode.OK).code();
  }

  private CommandLine commandLine() {
    return new CommandLine(new SparkgenCommand())
        .addSubcommand(new TrainCommand(commands))
        .addSubcommand(new SampleCommand(commands))
        .addSubcommand(new ExportCommand(commands))
        .addSubcommand(new EvaluateCommand(commands))
        .addSubcommand(new EncodeCommand(commands))
        .addSubcommand(new DecodeCommand(commands))
        .addSubcommand(new ReconstructCommand(commands))
        .addSubcommand(new CompressCommand(commands))
        .addSubcommand(new DecompressCommand(commands))
        .addSubcommand(new InterpolateCommand(commands))
        .addSubcommand(new TraverseCommand(commands))
        .addSubcommand(new ScoreCommand(commands))
        .addSubcommand(new DescribeCommand(commands))
        .addSubcommand(new BenchCommand(commands))
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true);
  }

  /** Parses and calls; help and version have no ending of their own. */
  private Optional<Ending> execute(CommandLine line, String... args) throws Exception {
    CommandLine.ParseResult parsed = line.parseArgs(args);
    if (CommandLine.executeHelpRequest(parsed) != null) {
      return Optional.empty();
    }
    if (!parsed.hasSubcommand()) {
      throw new ParameterException(
          line, "A command is missing: " + String.join(", ", line.getSubcommands().keySet()));
    }
    Command command = (Command) parsed.subcommand().commandSpec().userObject();
    Outcome outcome = command.run();
    out.print(Secrets.maskUserInfo(outcome.text()));
    return Optional.of(Ending.of(outcome));
  }

  private Ending explain(ParameterException e) {
    Ending ending = Ending.usage(e.getMessage());
    err.println("sparkgen: " + ending.reason());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    }
    return ending;
  }

  private Ending explain(Throwable failure) {
    Ending ending = Ending.of(failure);
    err.println("sparkgen: " + ending.reason());
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String masked = Secrets.maskUserInfo(trace.toString());
    if (ending.code() == ExitCode.INTERNAL) {
      err.println(masked);
    } else {
      LOG.debug("Where it failed: {}", masked);
    }
    return ending;
  }
}
