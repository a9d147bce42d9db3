package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

class OuterStepTest {
  private static final ShardTask SECOND = new ShardTask(1, 0, 5, 5, 10, 0);

  private static OuterStep step(String... averaging) {
    return new OuterStep(Configurations.training(averaging).averaging(), Map.of());
  }

  private static Snapshot snapshot(float value) {
    return new Snapshot(Map.of("net", new NetState(new float[] {value}, new float[0], 1)));
  }

  private static RoundResult result(float mean, long examples) {
    ShardReport report = new ShardReport(0, examples, Map.of(), Map.of(), null);
    return new RoundResult(snapshot(mean), List.of(report), Map.of());
  }

  private static float value(Snapshot snapshot) {
    return snapshot.nets().get("net").parameters()[0];
  }

  @Test
  void isTheMeanByDefault() {
    RoundResult result = result(2, 10);

    TrainingState after = step().after(TrainingState.of(snapshot(1)), result, SECOND);

    assertThat(after.stored()).isSameAs(result.snapshot());
  }

  @Test
  void followsTheConfiguration() {
    OuterStep step =
        step(
            "averaging.outer.learningRate=0.5",
            "averaging.outer.momentum=0.5",
            "averaging.emaHalfLife=10");

    TrainingState first = step.after(TrainingState.of(snapshot(8)), result(4, 30), SECOND);
    TrainingState second = step.after(first, result(3, 10), SECOND);

    assertThat(value(first.plain())).isEqualTo(5);
    assertThat(value(second.plain())).isEqualTo(3);
    assertThat(value(second.published())).as("after one half-life").isEqualTo(4);
  }

  @Test
  void aStepToInfinityIsRefused() {
    TrainingState start = TrainingState.of(snapshot(3e38f));

    assertThatThrownBy(
            () -> step("averaging.outer.learningRate=10").after(start, result(-3e38f, 1), SECOND))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageStartingWith(
            "round 2 (epoch 1) diverged in the outer step: parameter 0 of 1 of network 'net' is"
                + " -Infinity. Try a lower training.averaging.outer.learningRate");
  }
}
