package org.sparkgen.job;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** The class that scores should tell from all others. */
final class ForeignClass {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private ForeignClass() {}

  /**
   * Refuses a class that cannot be among the examples, as far as that is known before they are
   * read.
   *
   * @param foreign name of the class, or its number
   * @param data where the examples come from
   * @param names of their classes in the order of their numbers; empty if classes are numbers
   * @throws JobException INPUT
   */
  static void require(String foreign, DataConfig data, List<String> names) {
    Optional<String> problem =
        names.isEmpty() ? problemOfNumber(foreign, data) : problemOfName(foreign, data, names);
    problem.ifPresent(
        reason -> {
          throw new JobException(ExitCode.INPUT, "--foreign %s: %s".formatted(foreign, reason));
        });
  }

  private static Optional<String> problemOfNumber(String foreign, DataConfig data) {
    return unlabelled(data)
        .or(() -> unless(NUMBER.matcher(foreign).matches(), "the examples' classes are numbers"))
        .or(() -> leftOut(data, List.of(foreign)));
  }

  private static Optional<String> problemOfName(
      String foreign, DataConfig data, List<String> names) {
    boolean number =
        !names.contains(foreign)
            && NUMBER.matcher(foreign).matches()
            && Integer.parseInt(foreign) < names.size();
    String name = number ? names.get(Integer.parseInt(foreign)) : foreign;
    String known = "there is no such class; classes are " + String.join(", ", names);
    return unless(names.contains(name), known).or(() -> leftOut(data, wordsFor(name, names)));
  }

  /** Its name, and its number unless that is the name of another. */
  private static List<String> wordsFor(String name, List<String> names) {
    String number = Integer.toString(names.indexOf(name));
    return names.contains(number) ? List.of(name) : List.of(name, number);
  }

  /** What is wrong with examples whose classes have no names, if they have no numbers either. */
  private static Optional<String> unlabelled(DataConfig data) {
    return data.format() == DataFormat.FOLDER
        ? Optional.of("the pictures are in no class folders")
        : ClassLabels.missing(data);
  }

  private static Optional<String> leftOut(DataConfig data, List<String> words) {
    return unless(
        data.excludedClasses().stream().noneMatch(words::contains),
        "data.excludedClasses leaves this class out; name other --data");
  }

  private static Optional<String> unless(boolean right, String problem) {
    return right ? Optional.empty() : Optional.of(problem);
  }
}
