package org.sparkgen.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;

/** Small checkpoints, different for each round. */
final class Examples {
  private Examples() {}

  /** A checkpoint of two networks, one of them without an optimizer state; about 9 KiB. */
  static Checkpoint checkpoint(int round) {
    return checkpoint(round, round);
  }

  /** A checkpoint of the given round with numbers drawn from the given seed. */
  static Checkpoint checkpoint(int round, long seed) {
    Random random = new Random(seed);
    Snapshot snapshot =
        new Snapshot(
            Map.of(
                "encoder", new NetState(floats(random, 700), floats(random, 1400), 10L * round),
                "decoder", new NetState(floats(random, 50), new float[0], 3_000_000_000L)));
    return new Checkpoint(
        round,
        round / 2,
        snapshot,
        Map.of("history.jsonl", ("{\"round\":" + round + "}\n").repeat(20).getBytes(UTF_8)),
        Map.of("seed", "42", "versions.java", "17"));
  }

  /** A checkpoint of as few files as can be, for tests in which each of their calls is a life. */
  static Checkpoint small(int round, long seed) {
    NetState net = new NetState(new float[] {round, seed}, new float[0], round);
    return new Checkpoint(round, round, new Snapshot(Map.of("g", net)), Map.of(), Map.of());
  }

  /** Fails unless both are equal to the last bit. */
  static void assertSame(Checkpoint actual, Checkpoint expected) {
    assertThat(actual.round()).isEqualTo(expected.round());
    assertThat(actual.epoch()).isEqualTo(expected.epoch());
    assertThat(actual.facts()).isEqualTo(expected.facts());
    assertThat(actual.files()).containsOnlyKeys(expected.files().keySet());
    expected
        .files()
        .forEach((name, bytes) -> assertThat(actual.files().get(name)).isEqualTo(bytes));
    Map<String, NetState> nets = expected.snapshot().nets();
    assertThat(actual.snapshot().nets()).containsOnlyKeys(nets.keySet());
    nets.forEach(
        (name, state) -> {
          NetState other = actual.snapshot().nets().get(name);
          assertThat(bits(other.parameters())).isEqualTo(bits(state.parameters()));
          assertThat(bits(other.updater())).isEqualTo(bits(state.updater()));
          assertThat(other.iteration()).isEqualTo(state.iteration());
        });
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
