package org.sparkgen.report;

import java.io.Console;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.training.RoundMetrics;

/**
 * Tells a person how a run goes: lines through the log, and on a terminal a bar that is drawn over
 * itself. May be called from several threads.
 */
public final class ConsoleProgress {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProgress.class);
  private static final int REMEMBERED = 10;

  /** Clears the line that the cursor is in. */
  private static final String CLEAR = "\r\u001b[2K";

  private final int rounds;
  private final Consumer<String> lines;
  private final Optional<Consumer<String>> terminal;
  private final Deque<RoundMetrics> recent = new ArrayDeque<>();
  private int roundsDone;

  /**
   * Progress of {@code rounds} rounds.
   *
   * @param lines takes a line without its line break
   * @param terminal takes characters to be shown at once; empty if nobody is watching
   */
  ConsoleProgress(int rounds, Consumer<String> lines, Optional<Consumer<String>> terminal) {
    this.rounds = rounds;
    this.lines = lines;
    this.terminal = terminal;
  }

  /** Progress of {@code rounds} rounds in the log, and on the terminal if there is one. */
  public static ConsoleProgress ofRounds(int rounds) {
    Optional<Console> console =
        Optional.ofNullable(System.console()).filter(c -> animated(System.getenv("TERM")));
    return new ConsoleProgress(
        rounds, LOG::info, console.map(c -> text -> c.printf("%s", text).flush()));
  }

  /** Whether a terminal of this kind ({@code TERM}, or null) can draw over a line. */
  static boolean animated(String kind) {
    return kind != null && !kind.isEmpty() && !kind.equals("dumb");
  }

  /**
   * Logs what is about to begin.
   *
   * @param run the run's record
   * @param done rounds that an earlier start has finished
   */
  public synchronized void started(RunRecord run, int done) {
    roundsDone = done;
    StartLines.of(run, done).forEach(this::line);
  }

  /** Logs a finished round. */
  public synchronized void finished(RoundMetrics round) {
    roundsDone = round.round();
    recent.addLast(round);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
    line(ProgressLine.of(round, rounds, secondsLeft()));
    if (roundsDone < rounds) {
      within(0);
    }
  }

  /**
   * Moves the bar.
   *
   * @param share share of the running round that is done, 0 to 1
   */
  public synchronized void within(double share) {
    terminal.ifPresent(
        t -> t.accept(CLEAR + ProgressLine.bar(roundsDone, share, rounds, secondsLeft())));
  }

  /** Logs a line, above the bar. */
  public synchronized void line(String line) {
    clear();
    lines.accept(line);
  }

  /** Takes the bar away, at the end or before an error is shown. */
  public synchronized void clear() {
    terminal.ifPresent(t -> t.accept(CLEAR));
  }

  private double secondsLeft() {
    return ProgressLine.secondsLeft(List.copyOf(recent), rounds);
  }
}
