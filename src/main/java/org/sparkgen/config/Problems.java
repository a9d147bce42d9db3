package org.sparkgen.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Collects what is wrong with a configuration, to say it all at once. */
final class Problems {
  /** Where overrides come from, in messages. */
  static final String OVERRIDE = "--set";

  private final String file;
  private final Pattern lineInFile;
  private final Set<Problem> found = new LinkedHashSet<>();

  /** No problems yet in the configuration of that name. */
  Problems(String file) {
    this.file = file;
    this.lineInFile = Pattern.compile(Pattern.quote(file) + ": (\\d+)");
  }

  private record Problem(String key, String text, Place place) {
    @Override
    public String toString() {
      return "  " + text + " (" + place + ")";
    }
  }

  /** A line of the file; or, with line 0, the file as a whole or what {@code name} says. */
  record Place(String name, int line) {
    @Override
    public String toString() {
      return line > 0 ? name + ":" + line : name;
    }
  }

  /** A value that breaks a rule. */
  void wrong(String key, String value, String rule, Place place) {
    found.add(new Problem(key, key + " = " + shown(key, value) + ": " + rule, place));
  }

  /** A required key that is not there. */
  void missing(String key, String rule, Place place) {
    found.add(new Problem(key, key + " is missing: it " + rule, place));
  }

  /** A section that breaks a rule by being there or not. */
  void broken(String section, String rule, ConfigObject root) {
    boolean there = root.toConfig().hasPath(section);
    found.add(new Problem(section, section + " " + rule, there ? placeOf(root, section) : whole()));
  }

  /** The keys that have a problem. */
  Set<String> keys() {
    return found.stream().map(Problem::key).collect(Collectors.toSet());
  }

  /** Where a key of a configuration was written, or that its value is the default. */
  Place placeOf(ConfigObject root, String key) {
    if (root.toConfig().hasPath(key)) {
      return place(root.toConfig().getValue(key).origin());
    }
    return new Place("default", 0);
  }

  /** Where a value was written. */
  Place place(ConfigOrigin origin) {
    Matcher line = lineInFile.matcher(origin.description());
    if (line.find()) {
      return new Place(file, Integer.parseInt(line.group(1)));
    }
    if (origin.description().contains(file)) {
      return whole();
    }
    // What else there is: an environment variable, which the parser names, and overrides.
    return origin.description().startsWith("env var")
        ? new Place(origin.description(), 0)
        : override();
  }

  /** Text that can't be read as a configuration at all. */
  void unreadable(ConfigException e) {
    String place = e.origin() == null ? "" : e.origin().description() + ": ";
    String text =
        e.getMessage().startsWith(place)
            ? e.getMessage().substring(place.length())
            : e.getMessage();
    Place at = e.origin() == null ? whole() : place(e.origin());
    found.add(new Problem("", text.strip(), at));
  }

  /** Text whose brackets no stack can hold. */
  void nestedTooDeeply() {
    found.add(new Problem("", "it is nested too deeply to be read", whole()));
  }

  /** An override. */
  Place override() {
    return new Place(OVERRIDE, 0);
  }

  private Place whole() {
    return new Place(file, 0);
  }

  /**
   * Ends a pass.
   *
   * @throws JobException listing every problem, if there are any
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw asException();
    }
  }

  /** All problems in the order of the file's lines; those from elsewhere come last. */
  JobException asException() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing((Problem problem) -> !problem.place().name().equals(file))
            .thenComparingInt(problem -> problem.place().line()));
    String count = sorted.size() == 1 ? "1 problem" : sorted.size() + " problems";
    String lines = sorted.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    return new JobException(
        ExitCode.USAGE, Secrets.maskUserInfo(count + " in " + file + ":\n" + lines));
  }

  private static String shown(String key, String value) {
    String text = Secrets.mask(key, value);
    return text.length() > 80 ? text.substring(0, 80) + "..." : text.isEmpty() ? "\"\"" : text;
  }
}
