package org.sparkgen.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotSlicesTest {
  private static final float[] NO_VARIANCES = {};

  @Test
  void rowIsParametersThenUpdaterOfEachNetworkByName() {
    Snapshot snapshot =
        new Snapshot(
            Map.of(
                "encoder", new NetState(new float[] {5, 6}, new float[] {7}, 3),
                "decoder", new NetState(new float[] {1, 2, 3}, new float[] {4}, 2)));
    SnapshotSlices slices = SnapshotSlices.of(snapshot, Map.of(), UpdaterRule.AVERAGE).into(2);

    assertThat(slices.slice(snapshot, 0).values()).containsExactly(1, 2, 3, 4);
    assertThat(slices.slice(snapshot, 1).values()).containsExactly(5, 6, 7);
    assertThat(slices.iterations(snapshot)).containsExactly(2, 3);
    assertThat(slices.total()).isEqualTo(7);
  }

  @Test
  void anyShapeCutAnywhereComesTogetherAgain() {
    Random random = new Random(4);
    for (int trial = 0; trial < 200; trial++) {
      Snapshot snapshot = randomSnapshot(random);
      SnapshotSlices slices =
          SnapshotSlices.of(snapshot, Map.of(), UpdaterRule.AVERAGE).into(1 + random.nextInt(9));

      Snapshot again =
          slices.assemble(cut(slices, snapshot), NO_VARIANCES, slices.iterations(snapshot));

      assertThat(again.stateSha256()).isEqualTo(snapshot.stateSha256());
    }
  }

  @Test
  void lengthsDifferByAtMostOne() {
    Snapshot snapshot = new Snapshot(Map.of("net", new NetState(new float[17], new float[0], 0)));
    SnapshotSlices slices = SnapshotSlices.of(snapshot, Map.of(), UpdaterRule.AVERAGE).into(5);

    assertThat(new int[] {slices.length(0), slices.length(1), slices.length(2), slices.length(4)})
        .containsExactly(4, 4, 3, 3);
  }

  @Test
  void numberOfSlicesDoesNotChangeTheBitsOfTheMean() {
    Random random = new Random(5);
    List<Snapshot> shards = new ArrayList<>();
    for (int shard = 0; shard < 5; shard++) {
      shards.add(new Snapshot(Map.of("net", randomState(random, 101, 57))));
    }

    String one = meanOf(shards, 1).stateSha256();
    assertThat(List.of(2, 3, 7, 158))
        .allSatisfy(count -> assertThat(meanOf(shards, count).stateSha256()).isEqualTo(one));
  }

  @Test
  void freshUpdaterIsNotInTheRowAndComesBackAsZeros() {
    Snapshot snapshot =
        new Snapshot(Map.of("net", new NetState(new float[] {1, 2}, new float[] {8, 9}, 40)));
    SnapshotSlices slices = SnapshotSlices.of(snapshot, Map.of(), UpdaterRule.FRESH);

    assertThat(slices.total()).isEqualTo(2);
    NetState again =
        slices
            .assemble(cut(slices, snapshot), NO_VARIANCES, slices.iterations(snapshot))
            .nets()
            .get("net");
    assertThat(again.parameters()).containsExactly(1, 2);
    assertThat(again.updater()).containsExactly(0, 0);
    assertThat(again.iteration()).isZero();
  }

  @Test
  void variancesOfBatchNormComeFromTheMomentsNotFromTheSlices() {
    // gamma, mean, variance of two features, then another pair of one feature.
    StatisticsLayout layout = StatisticsLayout.NONE.with(2, 4, 2).with(7, 6, 1);
    Snapshot snapshot =
        new Snapshot(
            Map.of(
                "plain", new NetState(new float[] {1}, new float[0], 0),
                "critic", new NetState(new float[] {9, 9, 1, 2, 3, 4, 6, 5}, new float[0], 0)));
    SnapshotSlices slices =
        SnapshotSlices.of(snapshot, Map.of("critic", layout), UpdaterRule.AVERAGE).into(3);

    assertThat(slices.features()).isEqualTo(3);
    assertThat(slices.moments(snapshot)).containsExactly(1, 2, 5, 3, 4, 6);
    Snapshot replaced =
        slices.assemble(
            cut(slices, snapshot), new float[] {30, 40, 60}, slices.iterations(snapshot));
    assertThat(replaced.nets().get("critic").parameters())
        .containsExactly(9, 9, 1, 2, 30, 40, 60, 5);
  }

  @Test
  void refusesSnapshotsOfAnotherShape() {
    Snapshot small = new Snapshot(Map.of("net", new NetState(new float[2], new float[1], 0)));
    Snapshot large = new Snapshot(Map.of("net", new NetState(new float[3], new float[1], 0)));
    SnapshotSlices slices = SnapshotSlices.of(small, Map.of(), UpdaterRule.AVERAGE);

    assertThatThrownBy(() -> slices.slice(large, 0))
        .hasMessage(
            "network 'net' has 3 parameters and 1 updater values,"
                + " expected 2 parameters and 1 updater values");
    assertThatThrownBy(() -> slices.slice(new Snapshot(Map.of()), 0))
        .hasMessageContaining("network 'net' has no state");
    assertThatThrownBy(() -> SnapshotSlices.of(small, Map.of(), UpdaterRule.AVERAGE).into(0))
        .hasMessageContaining("into 0 slices");
  }

  @Test
  void refusesStatisticsThatAreNotThere() {
    Snapshot snapshot = new Snapshot(Map.of("net", new NetState(new float[3], new float[0], 0)));
    StatisticsLayout layout = StatisticsLayout.NONE.with(0, 2, 2);

    assertThatThrownBy(
            () -> SnapshotSlices.of(snapshot, Map.of("net", layout), UpdaterRule.AVERAGE))
        .hasMessage("batch-norm statistics of network 'net' reach to 4, but it has 3 parameters");
    assertThatThrownBy(
            () -> SnapshotSlices.of(snapshot, Map.of("other", layout), UpdaterRule.AVERAGE))
        .hasMessageContaining("but the model has only [net]");
    assertThatThrownBy(() -> StatisticsLayout.NONE.with(0, 1, 2))
        .hasMessageContaining("want two ranges from 0 that don't overlap");
  }

  @Test
  void findsTheFirstValueThatIsNoNumber() {
    float[] updater = {0, 0, Float.NaN};
    Snapshot bad =
        new Snapshot(
            Map.of(
                "a", new NetState(new float[] {1, 2}, new float[0], 0),
                "b", new NetState(new float[] {1}, updater, 0)));

    assertThat(NonFinite.find(bad)).contains("updater value 2 of 3 of network 'b' is NaN");
    updater[2] = 0;
    assertThat(NonFinite.find(bad)).isEmpty();
  }

  private static Snapshot meanOf(List<Snapshot> shards, int count) {
    SnapshotSlices slices =
        SnapshotSlices.of(shards.get(0), Map.of(), UpdaterRule.AVERAGE).into(count);
    List<PackedFloats> means = new ArrayList<>();
    for (int slice = 0; slice < count; slice++) {
      WeightedSum sum = new WeightedSum(slices.length(slice));
      for (int shard = 0; shard < shards.size(); shard++) {
        sum.add(3 + 7L * shard, slices.slice(shards.get(shard), slice));
      }
      means.add(sum.mean());
    }
    return slices.assemble(means, NO_VARIANCES, slices.iterations(shards.get(0)));
  }

  private static List<PackedFloats> cut(SnapshotSlices slices, Snapshot snapshot) {
    List<PackedFloats> pieces = new ArrayList<>();
    for (int slice = 0; slice < slices.count(); slice++) {
      pieces.add(slices.slice(snapshot, slice));
    }
    return pieces;
  }

  private static Snapshot randomSnapshot(Random random) {
    Map<String, NetState> nets = new HashMap<>();
    for (int net = 0; net < 1 + random.nextInt(3); net++) {
      nets.put("net" + net, randomState(random, random.nextInt(20), random.nextInt(10)));
    }
    return new Snapshot(nets);
  }

  private static NetState randomState(Random random, int parameters, int updater) {
    float[] values = new float[parameters];
    float[] moments = new float[updater];
    for (int i = 0; i < parameters; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < updater; i++) {
      moments[i] = (float) random.nextGaussian();
    }
    return new NetState(values, moments, random.nextInt(1000));
  }
}
