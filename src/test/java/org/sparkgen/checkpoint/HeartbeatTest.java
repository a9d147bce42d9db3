package org.sparkgen.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.storage.MemoryStorage;

/** That others see whether a driver lives. */
class HeartbeatTest {
  private static final String RUN = "memory://store/run";

  private final MemoryStorage storage = new MemoryStorage();

  private RunFolder open() {
    return RunFolder.open(storage, RUN, "a = 1", Map.of("a", "1"), OverwritePolicy.REFUSE);
  }

  @Test
  void theTraceChangesWithEveryBeatAndEveryDriver() {
    assertThat(Occupancy.trace(storage, RUN)).isEmpty();
    Heartbeat heartbeat = open().heartbeat();

    String silent = Occupancy.trace(storage, RUN).orElseThrow();
    heartbeat.beat();
    String once = Occupancy.trace(storage, RUN).orElseThrow();
    heartbeat.beat();
    String twice = Occupancy.trace(storage, RUN).orElseThrow();
    heartbeat.close();
    open();

    assertThat(once).isNotEqualTo(silent);
    assertThat(twice).isNotEqualTo(once);
    assertThat(storage.files()).doesNotContainKey(RUN + "/heartbeat.json");
    assertThat(Occupancy.trace(storage, RUN).orElseThrow()).isNotEqualTo(silent);
  }

  @Test
  void aDriverThatLostTheFolderBeatsNoMore() {
    RunFolder first = open();
    Heartbeat late = first.heartbeat();
    open();

    late.beat();

    assertThat(storage.files()).doesNotContainKey(RUN + "/heartbeat.json");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(first::checkOwner)
        .satisfies(e -> assertThat(Occupancy.wasLost(e)).isTrue());
    late.close();
  }
}
