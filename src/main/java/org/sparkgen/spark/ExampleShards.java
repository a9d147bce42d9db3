package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.FeaturesConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.FeatureStatistics;
import org.sparkgen.data.LabelledNames;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.data.Reject;
import scala.Tuple2;

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
  private static final String TRAINING_KEY = "data.path";
  static final String HELD_OUT_KEY = "data.heldOut.path";

  private final SparkSession session;
  private final ExampleOrigin origin;
  private final JavaRDD<ExampleShard> shards;
  private final List<ExampleSummary> summaries;
  private final Preprocessing preprocessing;

  private ExampleShards(
      SparkSession session,
      ExampleOrigin origin,
      JavaRDD<ExampleShard> shards,
      List<ExampleSummary> summaries,
      Preprocessing preprocessing) {
    this.session = session;
    this.origin = origin;
    this.shards = shards;
    this.summaries = summaries;
    this.preprocessing = preprocessing;
  }

  /**
   * Reads {@code data.path}; numeric rows are scaled by their own statistics.
   *
   * @throws JobException with {@link ExitCode#INPUT} if there is nothing, if a container file can't
   *     be read at all, or if more than {@code data.maxRejectedFraction} of the examples are
   *     rejected
   */
  public static ExampleShards load(SparkSession session, DataConfig data) {
    return load(session, data, ExampleOrigin.files());
  }

  /** As {@link #load(SparkSession, DataConfig)}, from elsewhere. */
  public static ExampleShards load(SparkSession session, DataConfig data, ExampleOrigin origin) {
    ExampleShards raw = loadRaw(session, data, TRAINING_KEY, UnaryOperator.identity(), origin);
    return data.features().map(features -> raw.scaled(raw.scalingFor(features))).orElse(raw);
  }

  /**
   * Reads {@code data.path} in the way in which other examples were read.
   *
   * @param as their scaling and class numbers; a folder of another name gives no label
   * @throws JobException as {@link #load(SparkSession, DataConfig)}
   */
  public static ExampleShards load(SparkSession session, DataConfig data, Preprocessing as) {
    return load(session, data, TRAINING_KEY, as, ExampleOrigin.files());
  }

  /**
   * Reads {@code data.heldOut} in the way in which these examples were read: rows are scaled by the
   * same numbers, folders have the same class numbers, and a folder of another name gives no label.
   *
   * @throws JobException as {@link #load(SparkSession, DataConfig)}
   */
  public ExampleShards loadHeldOut(DataConfig data) {
    return load(session, data.ofHeldOut(), HELD_OUT_KEY, preprocessing, origin);
  }

  private static ExampleShards load(
      SparkSession session, DataConfig data, String key, Preprocessing as, ExampleOrigin origin) {
    LabelledNames known = LabelledNames.inOrder(as.classNames());
    return loadRaw(session, data, key, own -> known, origin).scaled(as.scaling());
  }

  private static ExampleShards loadRaw(
      SparkSession session,
      DataConfig data,
      String key,
      UnaryOperator<LabelledNames> naming,
      ExampleOrigin origin) {
    ExampleVerdict verdict = new ExampleVerdict(data, key);
    JavaRDD<ExampleShard> shards = null;
    try (JobLabel label = new JobLabel(context(session))) {
      label.describe("Read " + data.path());
      ExampleSource source = origin.source(session, data, key, naming);
      shards = pack(source, data.shards());
      List<ExampleSummary> summaries = shards.map(ExampleSummary::of).collect();
      verdict.check(ExampleCounts.of(summaries));
      if (key.equals(TRAINING_KEY)) {
        // Held-out examples need not have every class.
        source.excluded().requireFound(highestLabel(summaries));
      }
      return new ExampleShards(
          session,
          origin,
          shards,
          summaries,
          new Preprocessing(FeatureScaling.none(), source.classes().names()));
    } catch (Exception e) {
      if (shards != null) {
        shards.unpersist();
      }
      throw origin.inFiles()
          ? verdict.unreadable(e)
          : ClusterFailure.explain("reading the %s of %s".formatted(data.path(), key), e);
    }
  }

  private static JavaSparkContext context(SparkSession session) {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  private static JavaRDD<ExampleShard> pack(ExampleSource source, int shards) {
    return source
        .outcomes()
        .mapToPair(each -> new Tuple2<>(each.id(), each.outcome()))
        .repartitionAndSortWithinPartitions(new ExampleIds(shards))
        .mapPartitions(outcomes -> List.of(ExampleShard.pack(outcomes)).iterator(), true)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Merged in the order of the shards, so that the same data gives the same bits. */
  private FeatureScaling scalingFor(FeaturesConfig features) {
    if (features.scaling() == FeaturesConfig.Scaling.NONE) {
      return FeatureScaling.none();
    }
    int count = features.count();
    FeatureStatistics all = new FeatureStatistics(count);
    try {
      shards.map(shard -> shard.statistics(count)).collect().forEach(all::merge);
    } catch (Exception e) {
      throw ClusterFailure.explain("measuring the columns of the rows", e);
    }
    return all.scaling(features.scaling());
  }

  /** These examples scaled; takes their place in Spark. */
  private ExampleShards scaled(FeatureScaling by) {
    if (by.isNone()) {
      return this;
    }
    JavaRDD<ExampleShard> scaled =
        shards.map(shard -> shard.scaled(by)).persist(StorageLevel.MEMORY_AND_DISK());
    try (JobLabel label = new JobLabel(context(session))) {
      label.describe("Scale rows");
      scaled.count();
    } catch (Exception e) {
      scaled.unpersist();
      throw ClusterFailure.explain("scaling the rows", e);
    }
    shards.unpersist();
    return new ExampleShards(
        session, origin, scaled, summaries, new Preprocessing(by, preprocessing.classNames()));
  }

  /**
   * Requires of every example a label from 0 to {@code classes} - 1.
   *
   * @param source where the examples come from, such as {@code data.path = images.gz}
   * @throws JobException with {@link ExitCode#INPUT} if an example has no label or a higher one
   */
  public void requireLabels(int classes, String source) {
    long unlabelled = summaries.stream().mapToLong(ExampleSummary::unlabelled).sum();
    int highest = highestLabel();
    if (unlabelled > 0) {
      throw new JobException(
          ExitCode.INPUT,
          "%s: %,d of %,d examples have no label, but with model.classes = %d every one needs its"
                  .formatted(source, unlabelled, accepted(), classes)
              + " class; add the labels, or remove those examples");
    }
    if (highest >= classes) {
      throw new JobException(
          ExitCode.INPUT,
          "%s: there is a label %d, but model.classes = %d allows labels from 0 to %d; make it %d"
              .formatted(source, highest, classes, classes - 1, highest + 1));
    }
  }

  /** Whether every example has a label. */
  public boolean labelled() {
    return summaries.stream().allMatch(summary -> summary.unlabelled() == 0);
  }

  /** The highest class number; {@link ExampleBlock#NO_LABEL} if no example has one. */
  public int highestLabel() {
    return highestLabel(summaries);
  }

  private static int highestLabel(List<ExampleSummary> summaries) {
    return summaries.stream()
        .mapToInt(ExampleSummary::highestLabel)
        .max()
        .orElse(ExampleBlock.NO_LABEL);
  }

  /**
   * The first examples in the order of shards and ids, as one block on the driver.
   *
   * @param most how many at most, a few
   */
  public ExampleBlock first(int most) {
    try {
      List<ExampleBlock> firsts =
          blocks()
              .flatMap(
                  blocks ->
                      blocks.stream().filter(b -> b.count() > 0).map(b -> b.first(most)).iterator())
              .take(most);
      return ExampleBlock.join(firsts).first(most);
    } catch (Exception e) {
      throw ClusterFailure.explain("fetching the first examples", e);
    }
  }

  /**
   * The first examples of all shards, each giving its share, as one block on the driver.
   *
   * @param most how many at most, at least 1; they fit into the driver's memory
   */
  public ExampleBlock sample(int most) {
    try {
      List<ExampleBlock> parts = new ArrayList<>();
      blocks(most).collect().forEach(parts::addAll);
      parts.removeIf(block -> block.count() == 0);
      return ExampleBlock.join(parts);
    } catch (Exception e) {
      throw ClusterFailure.explain("fetching some examples", e);
    }
  }

  /** The packed examples: one element per shard, in the order of the shards, K partitions. */
  public JavaRDD<List<ExampleBlock>> blocks() {
    return shards.map(ExampleShard::blocks);
  }

  /**
   * As {@link #blocks()}, but of each shard only its first examples, so that all shards give their
   * share of {@code most} examples together.
   */
  public JavaRDD<List<ExampleBlock>> blocks(int most) {
    if (most >= accepted()) {
      return blocks();
    }
    int[] shares = shares(most);
    return blocks()
        .mapPartitionsWithIndex(
            (shard, content) ->
                List.of(ExampleBlock.first(content.next(), shares[shard])).iterator(),
            true);
  }

  /** The number of examples of each shard if all give their share of {@code most} examples. */
  int[] shares(int most) {
    long[] counts = counts();
    long total = accepted();
    long limit = Math.min(most, total);
    int[] shares = new int[counts.length];
    long before = 0;
    long taken = 0;
    for (int i = 0; i < counts.length; i++) {
      before += counts[i];
      // Rounded over the shards so far, so that the shares add up.
      shares[i] = Math.toIntExact(before * limit / total - taken);
      taken += shares[i];
    }
    return shares;
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
    return ExampleCounts.of(summaries).sample();
  }

  /**
   * Writes all rejects into a folder as part files of JSON lines with path, index, count and
   * reason, replacing what is there.
   */
  public void writeRejects(String uri) {
    JavaRDD<Reject> rejects = shards.flatMap(shard -> shard.rejects().iterator());
    ExampleRejects.write(session, rejects, rejected(), uri);
  }

  /** Over all accepted examples in their shards, before scaling: SHA-256 as 64 hex digits. */
  public String fingerprint() {
    return ExampleSummary.digestOfDigests(summaries);
  }

  /** How these examples became what they are. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** Frees what Spark keeps. */
  @Override
  public void close() {
    shards.unpersist();
  }
}
