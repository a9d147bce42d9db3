package org.sparkgen.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Reject;

/**
 * All examples of a data path, read once, decoded, and kept in Spark as K shards of packed blocks.
 *
 * <p>Which shard an example belongs to, and its place there, depend on its file's path below the
 * listed root, its index in the file, and K; on nothing else. Every listed example is either
 * accepted or rejected with a reason.
 *
 * <p>Blocks are persisted as objects, not serialized: they are a few large arrays of primitive
 * numbers, as small in memory as on disk, and training reads them again in every round. What does
 * not fit into memory goes to local disks. A shard as a whole has to fit into one task's memory.
 */
public final class ExampleShards implements AutoCloseable {
  private final SparkSession session;
  private final JavaRDD<ExampleShard> shards;
  private final List<ExampleSummary> summaries;
  private final List<String> classNames;

  private ExampleShards(
      SparkSession session,
      JavaRDD<ExampleShard> shards,
      List<ExampleSummary> summaries,
      List<String> classNames) {
    this.session = session;
    this.shards = shards;
    this.summaries = summaries;
    this.classNames = classNames;
  }

  /**
   * Reads {@code data.path}.
   *
   * @throws JobException with {@link ExitCode#INPUT} if there is nothing, if a container file can't
   *     be read at all, or if more than {@code data.maxRejectedFraction} of the examples are
   *     rejected
   */
  public static ExampleShards load(SparkSession session, DataConfig data) {
    return load(session, data, "data.path");
  }

  private static ExampleShards load(SparkSession session, DataConfig data, String key) {
    ExampleSource source = ExampleSource.of(session, data, key);
    JavaRDD<ExampleShard> shards =
        source
            .outcomes()
            .repartitionAndSortWithinPartitions(new ExampleIds(data.shards()))
            .mapPartitionsWithIndex(
                (number, outcomes) -> List.of(ExampleShard.pack(number, outcomes)).iterator(), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<ExampleSummary> summaries = shards.map(ExampleSummary::of).collect();
    ExampleShards loaded = new ExampleShards(session, shards, summaries, source.names().names());
    return loaded;
  }

  /** Reads {@code data.heldOut} in the way in which these examples were read. */
  public ExampleShards loadHeldOut(DataConfig data) {
    return load(session, data.ofHeldOut(), "data.heldOut.path");
  }

  /**
   * The first examples in the order of shards and ids, as one block on the driver.
   *
   * @param most how many at most, a few
   */
  public ExampleBlock first(int most) {
    List<ExampleBlock> firsts =
        blocks()
            .flatMap(
                blocks ->
                    blocks.stream().filter(b -> b.count() > 0).map(b -> b.first(most)).iterator())
            .take(most);
    return ExampleBlock.join(firsts).first(most);
  }

  /** The packed examples: one element per shard, in the order of the shards, K partitions. */
  public JavaRDD<List<ExampleBlock>> blocks() {
    return shards.map(ExampleShard::blocks);
  }

  /** Accepted examples of each shard. */
  public long[] counts() {
    return summaries.stream().mapToLong(ExampleSummary::accepted).toArray();
  }

  /** Accepted examples. */
  public long accepted() {
    return summaries.stream().mapToLong(ExampleSummary::accepted).sum();
  }

  /** Listed examples that were not accepted. */
  public long rejected() {
    return summaries.stream().mapToLong(ExampleSummary::rejected).sum();
  }

  /** The first rejects, at most 20, by path and index. */
  public List<Reject> rejectSample() {
    return ExampleSummary.first(summaries.stream().flatMap(ExampleSummary::sample)).toList();
  }

  /**
   * Writes all rejects into a folder as part files of JSON lines with path, index, count and
   * reason, replacing what is there.
   */
  public void writeRejects(String uri) {
    JavaRDD<Reject> rejects = shards.flatMap(shard -> shard.rejects().iterator());
    ExampleRejects.write(session, rejects, rejected(), uri);
  }

  /** SHA-256 of all accepted examples as they are in their shards, as 64 hexadecimal digits. */
  public String fingerprint() {
    return ExampleSummary.digestOfDigests(summaries);
  }

  /** Names of the classes in the order of their numbers; empty if they have none. */
  public List<String> classNames() {
    return classNames;
  }

  /** Frees what Spark keeps. */
  @Override
  public void close() {
    shards.unpersist();
  }
}
