package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.PackedFloats;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.SnapshotSlices;
import org.sparkgen.averaging.UpdaterRule;
import scala.Tuple2;

class SliceMeanTest {
  private static final SnapshotSlices SLICES =
      SnapshotSlices.of(
          new Snapshot(Map.of("net", new NetState(new float[2], new float[0], 0))),
          Map.of(),
          UpdaterRule.AVERAGE);

  @Test
  void partsAreAddedAsTheyCome() {
    SliceMean mean = SliceMean.of(List.of(part(0, 1, 4f), part(5, 3, 8f)).iterator(), SLICES);

    assertThat(mean.values().values()).containsExactly(7, 7);
    assertThat(mean.examples()).isEqualTo(4);
  }

  @Test
  void noPartsMakeNoMean() {
    assertThat(
            SliceMean.of(List.<Tuple2<SliceKey, ShardMessage>>of().iterator(), SLICES).examples())
        .isZero();
  }

  @Test
  void shardThatComesTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                SliceMean.of(
                    List.of(part(0, 1, 4f), part(3, 1, 4f), part(3, 1, 4f)).iterator(), SLICES))
        .hasMessage("slice 0: shard 3 came after shard 3");
  }

  private static Tuple2<SliceKey, ShardMessage> part(int shard, long examples, float value) {
    return new Tuple2<>(
        new SliceKey(0, shard),
        new ShardMessage.Slice(examples, PackedFloats.of(new float[] {value, value})));
  }
}
