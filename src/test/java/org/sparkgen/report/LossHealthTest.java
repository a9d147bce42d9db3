package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparkgen.training.RoundMetrics;

class LossHealthTest {
  @Test
  void saysThatTheLossIsStillFalling() {
    assertFinding(
        LossHealth.trend(Rounds.of(20, "loss", r -> 200 - 2 * r)),
        Severity.NOTE,
        "The loss is still falling: by 4.9 % over the last 5 rounds, to 160.0. More epochs would"
            + " help.");
  }

  @Test
  void saysThatTheLossHasLevelledOff() {
    Random noise = new Random(3);

    assertFinding(
        LossHealth.trend(
            Rounds.of(40, "loss", r -> 100 + 50 * Math.exp(-r / 3.0) + 0.1 * noise.nextGaussian())),
        Severity.GOOD,
        "The loss has levelled off at 100.1.");
  }

  @Test
  void noiseIsNoTrend() {
    Random noise = new Random(5);

    assertThat(
            LossHealth.trend(
                Rounds.of(40, "loss", r -> 100 + 90 * Math.exp(-r) + 5 * noise.nextGaussian())))
        .map(Finding::severity)
        .contains(Severity.GOOD);
  }

  @Test
  void saysThatTheLossIsRising() {
    assertFinding(
        LossHealth.trend(Rounds.of(20, "loss", r -> 100 + r)),
        Severity.WARNING,
        "The loss is rising: by 3.4 % over the last 5 rounds, to 120.0.");
  }

  @Test
  void saysThatNothingWasLearnt() {
    assertFinding(
        LossHealth.trend(Rounds.of(20, "reconstruction", r -> 540 + r % 2 * 0.1)),
        Severity.WARNING,
        "The loss 'reconstruction' has hardly moved since the first round: 540.1 then, 540.0 now.");
  }

  @Test
  void fewRoundsTellNothing() {
    assertFinding(
        LossHealth.trend(Rounds.of(3, "loss", r -> 100 - r)),
        Severity.NOTE,
        "Too few rounds (3) to tell where the loss is going.");
    assertThat(LossHealth.trend(List.of())).isEmpty();
  }

  @Test
  void lossesOfAGanHaveNoTrend() {
    assertThat(LossHealth.trend(Rounds.of(20, "discriminator", r -> 1.0 * r))).isEmpty();
  }

  @Test
  void namesTheRoundOfANumberThatIsNotFinite() {
    assertFinding(
        LossHealth.finite(Rounds.of(5, "kl", r -> r == 4 ? Double.NaN : 1)),
        Severity.BAD,
        "The loss 'kl' was not a finite number in round 4.");
    assertThat(LossHealth.finite(Rounds.of(5, "kl", r -> r))).isEmpty();
  }

  @Test
  void comparesHeldOutWithTraining() {
    assertFinding(
        LossHealth.heldOut(heldOut(102)),
        Severity.GOOD,
        "Held-out data do as well as training data: loss 102.0, training 100.0.");
    assertFinding(
        LossHealth.heldOut(heldOut(110)),
        Severity.NOTE,
        "Held-out data do somewhat worse than training data: loss 110.0, training 100.0, a gap of"
            + " 10.0 %.");
    assertFinding(
        LossHealth.heldOut(heldOut(120)),
        Severity.WARNING,
        "Overfitting: held-out loss 120.0, training 100.0, a gap of 20.0 %.");
    assertThat(LossHealth.heldOut(Rounds.of(5, "loss", r -> r))).isEmpty();
  }

  @Test
  void noticesThatHeldOutLossRoseAfterItsMinimum() {
    List<RoundMetrics> rounds =
        Rounds.of(10, r -> Map.of("loss", 110.0 - r, "heldOut.loss", 100.0 + Math.abs(r - 6)));

    assertFinding(
        LossHealth.heldOut(rounds),
        Severity.WARNING,
        "Overfitting: held-out loss was lowest after round 6 (100.0) and has risen to 104.0 since.");
  }

  @Test
  void suspectsPosteriorCollapse() {
    assertFinding(
        LossHealth.posterior(Rounds.of(9, "kl", r -> 0.03)),
        Severity.BAD,
        "Posterior collapse suspected: the KL term is 0.03000 nats per example. The decoder ignores"
            + " the latent code; lower beta or warm it up.");
    assertFinding(
        LossHealth.posterior(Rounds.of(9, "kl", r -> 0.5)),
        Severity.WARNING,
        "The latent code says little about an example: the KL term is 0.5000 nats per example.");
    assertFinding(
        LossHealth.posterior(Rounds.of(9, "kl", r -> 24.5)),
        Severity.GOOD,
        "The latent code is used: the KL term is 24.50 nats per example.");
    assertThat(LossHealth.posterior(Rounds.of(9, "loss", r -> 0))).isEmpty();
  }

  @Test
  void noticesASaturatedDiscriminatorByItsLoss() {
    assertFinding(
        LossHealth.discriminator(Rounds.of(9, "discriminator", r -> 0.01)),
        Severity.BAD,
        "The discriminator is saturated: its loss is 0.01000. The generator learns next to nothing"
            + " from it.");
    assertFinding(
        LossHealth.discriminator(Rounds.of(9, "discriminator", r -> 0.05)),
        Severity.WARNING,
        "The discriminator wins almost always: its loss is 0.05000.");
    assertFinding(
        LossHealth.discriminator(Rounds.of(9, "discriminator", r -> 1.2)),
        Severity.GOOD,
        "The discriminator still errs, as it should: its loss is 1.200. Losses of a GAN need not"
            + " fall; judge the samples.");
    assertThat(LossHealth.discriminator(Rounds.of(9, "loss", r -> 0))).isEmpty();
  }

  @Test
  void noticesASaturatedDiscriminatorByItsProbabilities() {
    assertThat(LossHealth.discriminator(players(0.004)))
        .map(Finding::severity)
        .contains(Severity.BAD);
    assertThat(LossHealth.discriminator(players(0.03)))
        .map(Finding::severity)
        .contains(Severity.WARNING);
    assertFinding(
        LossHealth.discriminator(players(0.3)),
        Severity.GOOD,
        "The discriminator still errs, as it should: its loss is 0.3500 and it takes generated"
            + " images for real with probability 0.30. Losses of a GAN need not fall; judge the"
            + " samples.");
  }

  private static List<RoundMetrics> players(double onFake) {
    return Rounds.of(9, r -> Map.of("discriminator", 0.35, "discriminatorOnFake", onFake));
  }

  /** Training at 100; held-out falling to a value that only the last even round has. */
  private static List<RoundMetrics> heldOut(double last) {
    return Rounds.of(
        5,
        r -> {
          Map<String, Double> losses = new TreeMap<>(Map.of("loss", 100.0));
          if (r % 2 == 0) {
            losses.put("heldOut.loss", last + 4 - r);
          }
          return losses;
        });
  }

  private static void assertFinding(Optional<Finding> found, Severity severity, String sentence) {
    assertThat(found).contains(new Finding(severity, sentence));
  }
}
