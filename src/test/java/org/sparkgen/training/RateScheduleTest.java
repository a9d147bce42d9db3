package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.TrainingConfig;

class RateScheduleTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static RateSchedule schedule(int epochs, String... settings) {
    String[] all =
        Arrays.stream(settings).map(o -> "optimizer.schedule." + o).toArray(String[]::new);
    String[] training = Arrays.copyOf(all, all.length + 1);
    training[all.length] = "epochs=" + epochs;
    TrainingConfig config = Configurations.training(training);
    return new RateSchedule(config.optimizer().schedule(), config.epochs());
  }

  @Test
  void withoutAScheduleTheFactorIsOneToTheBit() {
    for (int batch = 0; batch < 7; batch++) {
      assertThat(schedule(3).factor(batch % 3, batch, 7)).isEqualTo(1.0);
    }
  }

  @Test
  void risesLinearlyDuringTheWarmupAndStays() {
    RateSchedule schedule = schedule(5, "warmupEpochs=2");

    assertThat(schedule.factor(0, 0, 4)).isEqualTo(0.125 / 2);
    assertThat(schedule.factor(1, 3, 4)).isEqualTo(1.875 / 2);
    assertThat(schedule.factor(2, 0, 4)).isEqualTo(1);
    assertThat(schedule.factor(4, 3, 4)).isEqualTo(1);
  }

  @Test
  void fallsLinearlyFromTheWarmupToTheEnd() {
    RateSchedule schedule = schedule(10, "kind=linear", "end=0.2", "warmupEpochs=2");

    assertThat(schedule.factor(1, 0, 1)).isCloseTo(0.75, EXACT);
    assertThat(schedule.factor(6, 0, 1)).isCloseTo(1 - 0.8 * 4.5 / 8, EXACT);
    assertThat(schedule.factor(9, 0, 1)).isCloseTo(1 - 0.8 * 7.5 / 8, EXACT);
    assertThat(schedule.factor(9, 999_999, 1_000_000)).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void fallsAlongHalfACosine() {
    RateSchedule schedule = schedule(3, "kind=cosine");

    assertThat(schedule.factor(0, 0, 1)).isCloseTo((1 + Math.sqrt(0.75)) / 2, EXACT);
    assertThat(schedule.factor(1, 0, 1)).isCloseTo(0.5, EXACT);
    assertThat(schedule.factor(2, 0, 1)).isCloseTo((1 - Math.sqrt(0.75)) / 2, EXACT);
    assertThat(schedule(3, "kind=cosine", "end=0.5").factor(1, 0, 1)).isCloseTo(0.75, EXACT);
  }

  @Test
  void isMultipliedAtEveryMilestone() {
    RateSchedule schedule = schedule(6, "kind=steps", "milestones=[2,5]", "factor=0.1");

    assertThat(schedule.factor(1, 9, 10)).isEqualTo(1);
    assertThat(schedule.factor(2, 0, 10)).isEqualTo(0.1);
    assertThat(schedule.factor(4, 9, 10)).isEqualTo(0.1);
    assertThat(schedule.factor(5, 0, 10)).isCloseTo(0.01, EXACT);
  }

  @Test
  void noStepIsLostWithARateOfZero() {
    RateSchedule schedule = schedule(4, "kind=linear", "warmupEpochs=1");

    assertThat(schedule.factor(0, 0, 100)).isPositive();
    assertThat(schedule.factor(3, 99, 100)).isPositive();
  }
}
