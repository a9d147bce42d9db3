package org.sparkgen.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the application jar's manifest states. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "sparkgen " + version, "Java ${java.version}, ${os.name} ${os.arch}",
    };
  }
}
