package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkgen.training.RoundMetrics;

class ConsoleProgressTest {
  private static final List<RoundMetrics> ROUNDS =
      Rounds.of(20, r -> Map.of("loss", 100.0 + 1.0 / r, "kl", 24.0, "heldOut.loss", 105.25));

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder terminal = new StringBuilder();

  @Test
  void aRoundIsOneLine() {
    assertThat(ProgressLine.of(ROUNDS.get(2), 20, 80))
        .isEqualTo(
            "round  3/20  epoch  3  loss   100.3  held-out loss   105.3  kl   24.00     10,000"
                + " images/s  train 4.8 s  combine 0.10 s  left 1 min 20 s");
  }

  @Test
  void columnsLieBelowEachOther() {
    String third = ProgressLine.of(ROUNDS.get(2), 20, 80);
    String eleventh = ProgressLine.of(ROUNDS.get(10), 20, 40);

    assertThat(eleventh.indexOf(" images/s")).isEqualTo(third.indexOf(" images/s"));
    assertThat(ProgressLine.of(ROUNDS.get(19), 20, 0)).endsWith("  done");
  }

  @Test
  void probabilitiesOfTheDiscriminatorHaveShortNames() {
    RoundMetrics round = Rounds.of(1, "discriminatorOnFake", r -> 0.25).get(0);

    assertThat(ProgressLine.of(round, 9, 1)).contains("  D(fake)  0.2500  ");
  }

  @Test
  void theTimeLeftIsThatOfTheLastRounds() {
    assertThat(ProgressLine.secondsLeft(ROUNDS.subList(0, 4), 20))
        .isCloseTo(16 * 4.9, within(1e-9));
    assertThat(ProgressLine.secondsLeft(ROUNDS, 20)).isZero();
    assertThat(ProgressLine.secondsLeft(List.of(), 20)).isNaN();
  }

  @Test
  void theBarFills() {
    assertThat(ProgressLine.bar(0, 0, 20, Double.NaN))
        .isEqualTo("[..............................]   0 %  round 1/20");
    assertThat(ProgressLine.bar(9, 0.5, 20, 62))
        .isEqualTo("[##############................]  47 %  round 10/20  left 1 min 2 s");
    assertThat(ProgressLine.bar(20, 0, 20, 0))
        .isEqualTo("[##############################] 100 %  round 20/20  left 0.00 s");
  }

  @Test
  void withoutATerminalThereAreOnlyLines() {
    ConsoleProgress progress = new ConsoleProgress(20, lines::add, Optional.empty());

    progress.within(0.5);
    progress.roundEnded(ROUNDS.get(0));
    progress.clear();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("round  1/20  ").endsWith("  left 1 min 33 s");
  }

  @Test
  void onATerminalLinesGoAboveTheBar() {
    ConsoleProgress progress =
        new ConsoleProgress(
            2, line -> terminal.append(line).append('\n'), Optional.of(terminal::append));

    progress.within(0.5);
    progress.roundEnded(ROUNDS.get(0));
    progress.roundEnded(ROUNDS.get(1));

    String clear = "\r\u001b[2K";
    assertThat(terminal.toString().split("\n", -1))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(clear + "[#######.......................]  25 %  round 1/2")
                    .contains(clear + "round 1/2  epoch 1  "),
            second ->
                assertThat(second)
                    .startsWith(clear + "[###############...............]  50 %  round 2/2  left")
                    .contains(clear + "round 2/2  epoch 2  ")
                    .endsWith("  done"),
            rest -> assertThat(rest).isEmpty());
  }

  @Test
  void onlySomeTerminalsCanDrawOverALine() {
    assertThat(ConsoleProgress.animated("xterm-256color")).isTrue();
    assertThat(ConsoleProgress.animated("dumb")).isFalse();
    assertThat(ConsoleProgress.animated("")).isFalse();
    assertThat(ConsoleProgress.animated(null)).isFalse();
  }

  @Test
  void tellsWhatIsAboutToBegin() {
    new ConsoleProgress(20, lines::add, Optional.empty())
        .begun(RecordsTest.record(), Rounds.of(7, "loss", round -> 1));

    assertThat(lines)
        .containsExactly(
            "run       fashion-vae (vae), seed 42",
            "data      images/*.png, 1 x 28 x 28 pixels",
            "examples  4,999 accepted, 1 rejected, 2 shards of 2,499 to 2,500, 0 held out",
            "rounds    20, resumed after round 7",
            "model     latent=20",
            "training  ",
            "version   java 17");
  }
}
