package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgen.config.AdversarialObjective;
import org.sparkgen.loss.AdversarialLoss;

/** When the players of a VAE-GAN wait. */
class TurnTest {
  @ParameterizedTest
  @CsvSource({
    // A discriminator that cannot tell, or only a little.
    "1.0, 1.0, 0.5, BOTH",
    "0.51, 1.49, 0.5, BOTH",
    // It wins on real, on fake, on both: it waits.
    "0.49, 1.0, 0.5, DECODER",
    "1.0, 0.49, 0.5, DECODER",
    "0.1, 0.1, 0.5, DECODER",
    // It loses on real, on fake, on both: the decoder does not heed it.
    "1.51, 1.0, 0.5, DISCRIMINATOR",
    "1.0, 1.51, 0.5, DISCRIMINATOR",
    "9.0, 9.0, 0.5, DISCRIMINATOR",
    // It wins on one and loses on the other: never do both wait.
    "0.1, 9.0, 0.5, BOTH",
    "9.0, 0.1, 0.5, BOTH",
    // A narrower gate, one that is never below, and none.
    "0.85, 1.0, 0.1, DECODER",
    "0.0, 0.0, 1.0, BOTH",
    "2.01, 1.0, 1.0, DISCRIMINATOR",
    "0.0, 0.0, 0.0, BOTH",
    "9.0, 9.0, 0.0, BOTH",
  })
  void lossesOpenAndCloseTheGates(double onReal, double onFake, double gate, Turn expected) {
    for (double equilibrium : new double[] {1, 0.125, Math.log(2)}) {
      assertThat(Turn.of(onReal * equilibrium, onFake * equilibrium, equilibrium, gate))
          .isEqualTo(expected);
    }
  }

  @Test
  void whoeverIsNotWaitingLearns() {
    assertThat(Turn.BOTH.discriminatorLearns()).isTrue();
    assertThat(Turn.BOTH.decoderHeedsDiscriminator()).isTrue();
    assertThat(Turn.DECODER.discriminatorLearns()).isFalse();
    assertThat(Turn.DECODER.decoderHeedsDiscriminator()).isTrue();
    assertThat(Turn.DISCRIMINATOR.discriminatorLearns()).isTrue();
    assertThat(Turn.DISCRIMINATOR.decoderHeedsDiscriminator()).isFalse();
  }

  /** Where examples and fakes are alike, no output is better than that of the equilibrium. */
  @ParameterizedTest
  @EnumSource
  void theEquilibriumIsTheLeastLossOfOneWhoCannotTell(AdversarialObjective objective) {
    AdversarialLoss loss = new AdversarialLoss(objective, 0);
    double least = Double.MAX_VALUE;
    for (int i = -1000; i <= 1000; i++) {
      double d = i / 500.0;
      least = Math.min(least, loss.real(d) + loss.fake(d));
    }
    assertThat(loss.equilibrium()).isEqualTo(least / 2, within(1e-12));
  }
}
