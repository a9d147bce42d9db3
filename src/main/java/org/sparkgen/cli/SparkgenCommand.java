package org.sparkgen.cli;

import picocli.CommandLine;

/** The command that the others are commands of. */
@CommandLine.Command(
    name = "sparkgen",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Trains VAEs and GANs on Apache Spark.",
    description = {
      "",
      "A run is described by one configuration file and leaves everything in one output folder: "
          + "samples, models, metrics, a report. Killed at any moment, it goes on when the same "
          + "command is given again.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit/local.sh train conf/quickstart.conf",
      "  submit/local.sh describe target/runs/quickstart",
      "  submit/local.sh evaluate target/runs/quickstart --importance-samples 100",
      "  submit/local.sh sample target/runs/quickstart --count 100 --to target/samples",
      "",
      "On a cluster, give the same arguments to spark-submit after the application jar, or to",
      "submit/standalone.sh and submit/yarn.sh. Every path may be local, hdfs:// or s3a://.",
      "",
      "Exit codes:",
      "   0  done, or already complete",
      "   2  the command line or the configuration is wrong; nothing was started",
      "   3  the input can't be read, or too much of it was rejected",
      "   4  training diverged (NaN or infinity)",
      "   5  the output can't be written, or what is there can't be trusted",
      "  70  a defect of this program",
      "",
      "The last line of the log is: RESULT status=... code=... reason=\"...\""
    })
final class SparkgenCommand {}
