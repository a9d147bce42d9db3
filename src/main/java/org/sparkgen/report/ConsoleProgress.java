package org.sparkgen.report;

import java.io.Console;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.sparkgen.training.RoundMetrics;

/**
 * Tells a person how a run goes: lines through the log, and on a terminal a bar that is drawn over
 * itself. May be called from several threads.
 *
 * <p>For structured logs, lines of the driving thread have the running round in the logging context
 * under {@code round}, and the line of a round has its metrics under {@code metrics}, as {@code
 * metrics.jsonl} has them.
 */
public final class ConsoleProgress implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProgress.class);
  private static final int REMEMBERED = 10;
  private static final String ROUND = "round";
  private static final String METRICS = "metrics";

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

  /** Logs what is about to begin. */
  @Override
  public synchronized void begun(RunRecord run, List<RoundMetrics> finished) {
    roundsDone = finished.size();
    StartLines.of(run, roundsDone).forEach(this::line);
    MDC.put(ROUND, Integer.toString(roundsDone + 1));
  }

  /** Logs a finished round. */
  @Override
  public synchronized void roundEnded(RoundMetrics round) {
    roundsDone = round.round();
    recent.addLast(round);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
    MDC.put(ROUND, Integer.toString(roundsDone));
    MDC.put(METRICS, MetricsLog.line(round));
    line(ProgressLine.of(round, rounds, secondsLeft()));
    MDC.remove(METRICS);
    if (roundsDone < rounds) {
      within(0);
      MDC.put(ROUND, Integer.toString(roundsDone + 1));
    }
  }

  /** Takes the bar away. */
  @Override
  public synchronized void ended(RunEnding ending) {
    clear();
    MDC.remove(ROUND);
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
  synchronized void line(String line) {
    clear();
    lines.accept(line);
  }

  /** Takes the bar away. */
  synchronized void clear() {
    terminal.ifPresent(t -> t.accept(CLEAR));
  }

  private double secondsLeft() {
    return ProgressLine.secondsLeft(List.copyOf(recent), rounds);
  }
}
