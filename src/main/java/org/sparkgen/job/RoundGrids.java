package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.report.GridPicture;
import org.sparkgen.report.Png;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/** The sample grids of the rounds, as files {@code samples/round-000012.png}. */
final class RoundGrids {
  private static final Pattern NAME = Pattern.compile("round-([0-9]{6,})\\.png");
  private static final int SHOWN = 12;

  private final RunFolder folder;
  private final Storage storage;
  private final TreeSet<Integer> rounds = new TreeSet<>();

  RoundGrids(RunFolder folder, Storage storage) {
    this.folder = folder;
    this.storage = storage;
  }

  /** Finds the grids of an earlier start; those of rounds that are to come again don't count. */
  void forgetAfter(int finishedRounds) {
    String samples = folder.uri("samples");
    if (!storage.exists(samples)) {
      return;
    }
    for (StorageEntry entry : storage.list(samples)) {
      Matcher matcher = NAME.matcher(entry.name());
      if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= finishedRounds) {
        rounds.add(Integer.parseInt(matcher.group(1)));
      }
    }
  }

  void write(int round, Png grid) {
    folder.commit(name(round), grid.bytes());
    rounds.add(round);
  }

  /** The grid of a round, if it has one. */
  Optional<Png> of(int round) {
    return rounds.contains(round) ? Optional.of(read(round)) : Optional.empty();
  }

  /** At most twelve grids, evenly spread from the first to the last. */
  List<GridPicture> evolution() {
    return shown().stream().map(round -> new GridPicture(round, read(round))).toList();
  }

  /** The files of {@link #evolution}. */
  List<String> files() {
    return shown().stream().map(RoundGrids::name).toList();
  }

  private List<Integer> shown() {
    List<Integer> all = new ArrayList<>(rounds);
    List<Integer> shown = new ArrayList<>();
    int count = Math.min(SHOWN, all.size());
    for (int i = 0; i < count; i++) {
      shown.add(all.get(count == 1 ? 0 : Math.round(i * (all.size() - 1f) / (count - 1))));
    }
    return shown;
  }

  private Png read(int round) {
    return Png.of(storage.readBytes(folder.uri(name(round))));
  }

  private static String name(int round) {
    return "samples/round-%06d.png".formatted(round);
  }
}
