package org.sparkgen.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.sparkgen.data.BlockPacker;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.FeatureStatistics;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;
import scala.Tuple2;

/**
 * The accepted and rejected examples of one shard, as they are kept in Spark.
 *
 * <p>A final class around arrays because it travels through Spark.
 */
final class ExampleShard implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<Outcome> BY_CONTENT =
      Comparator.comparingInt(Outcome::label)
          .thenComparing(Outcome::pixels, Arrays::compare)
          .thenComparing(Outcome::values, Arrays::compare);

  private final ExampleBlock[] blocks;
  private final Reject[] rejects;

  ExampleShard(List<ExampleBlock> blocks, List<Reject> rejects) {
    this.blocks = blocks.toArray(new ExampleBlock[0]);
    this.rejects = rejects.toArray(new Reject[0]);
  }

  /**
   * Packs the outcomes of a shard, which come in the order of their ids. Examples of the same id,
   * which come in any order, are put into that of their contents.
   */
  static ExampleShard pack(Iterator<Tuple2<Long, Outcome>> outcomes) {
    BlockPacker packer = new BlockPacker();
    List<Reject> rejects = new ArrayList<>();
    List<Outcome> same = new ArrayList<>();
    long id = 0;
    while (outcomes.hasNext()) {
      Tuple2<Long, Outcome> next = outcomes.next();
      if (next._1() != id) {
        add(id, same, packer);
        id = next._1();
      }
      next._2().reject().ifPresentOrElse(rejects::add, () -> same.add(next._2()));
    }
    add(id, same, packer);
    return new ExampleShard(packer.finish(), rejects);
  }

  private static void add(long id, List<Outcome> same, BlockPacker packer) {
    if (same.size() > 1) {
      same.sort(BY_CONTENT);
    }
    same.forEach(example -> packer.add(id, example));
    same.clear();
  }

  /** The same shard with its rows scaled. */
  ExampleShard scaled(FeatureScaling scaling) {
    return new ExampleShard(blocks().stream().map(scaling::apply).toList(), rejects());
  }

  /** Statistics of its rows, which are not scaled yet. */
  FeatureStatistics statistics(int features) {
    FeatureStatistics statistics = new FeatureStatistics(features);
    blocks().forEach(block -> statistics.add(block.values()));
    return statistics;
  }

  /** The accepted examples in the order of their ids. */
  List<ExampleBlock> blocks() {
    return Arrays.asList(blocks);
  }

  /** The rejects in the order of their ids. */
  List<Reject> rejects() {
    return Arrays.asList(rejects);
  }
}
