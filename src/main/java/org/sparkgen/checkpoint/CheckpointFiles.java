package org.sparkgen.checkpoint;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgen.storage.Storage;

/** Where the files of a checkpoint lie. */
final class CheckpointFiles {
  static final String MANIFEST = "manifest.json";
  static final String PARAMETERS = ".parameters.f32";
  static final String UPDATER = ".updater.f32";

  private static final Pattern ROUND = Pattern.compile("round-([0-9]{6,9})");

  private final String folder;

  CheckpointFiles(String runUri) {
    folder = Storage.resolve(runUri, "checkpoints");
  }

  /** Where all rounds are. */
  String folder() {
    return folder;
  }

  String round(int round) {
    return Storage.resolve(folder, String.format(Locale.ROOT, "round-%06d", round));
  }

  String manifest(int round) {
    return Storage.resolve(round(round), MANIFEST);
  }

  String attempt(int round, String attempt) {
    return Storage.resolve(round(round), attempt);
  }

  /** The round that a folder of this name holds, if it is the name of a round. */
  static OptionalInt roundOf(String name) {
    Matcher matcher = ROUND.matcher(name);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
