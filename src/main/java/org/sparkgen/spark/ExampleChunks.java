package org.sparkgen.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.LabelledNames;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.data.SplitMix64;

/**
 * The examples of a path in the order of its files, to be looked at once by a trained model: read
 * when they are needed, and kept nowhere.
 */
public final class ExampleChunks {
  private static final String KEY = "data.path";
  private static final long CHOICE = 0x63686F696365L;
  private static final double UNIT = 0x1p-53;
  private static final int UNIT_SHIFT = 11;

  private final DataConfig data;
  private final ExampleSource source;
  private final FeatureScaling scaling;
  private final double share;

  private ExampleChunks(
      DataConfig data, ExampleSource source, FeatureScaling scaling, double share) {
    this.data = data;
    this.source = source;
    this.scaling = scaling;
    this.share = share;
  }

  /**
   * The examples of {@code data.path}; nothing but the listing is read yet.
   *
   * @param as how the model's training examples were read; classes that were not among them have
   *     the numbers behind theirs
   * @throws JobException INPUT if there is nothing
   */
  public static ExampleChunks of(SparkSession session, DataConfig data, Preprocessing as) {
    LabelledNames known = LabelledNames.inOrder(as.classNames());
    try {
      ExampleSource source = ExampleSource.of(session, data, KEY, known::with);
      return new ExampleChunks(data, source, as.scaling(), 1);
    } catch (Exception e) {
      throw new ExampleVerdict(data, KEY).unreadable(e);
    }
  }

  /**
   * About so many of them, chosen by their files' names and their places in them.
   *
   * @param most how many are wanted
   * @param all how many there are
   */
  public ExampleChunks some(long most, long all) {
    return most >= all ? this : new ExampleChunks(data, source, scaling, (double) most / all);
  }

  /** The chunks. A few large files are read by as many tasks, but looked at by all cores. */
  JavaRDD<ExampleChunk> chunks() {
    FeatureScaling by = scaling;
    double wanted = share;
    int size = data.shape().size();
    JavaRDD<ExampleChunk> chunks =
        source
            .outcomes()
            .mapPartitions(outcomes -> ExampleChunk.chunks(chosen(outcomes, wanted), size))
            .map(chunk -> chunk.scaled(by));
    int cores = JavaSparkContext.fromSparkContext(chunks.context()).defaultParallelism();
    return chunks.getNumPartitions() < cores ? chunks.repartition(cores) : chunks;
  }

  /**
   * Some of the first accepted ones, as a block on the driver.
   *
   * @param most how many at most, a few
   * @throws JobException INPUT if none can be used
   */
  public ExampleBlock first(int most) {
    try {
      List<ExampleBlock> found =
          chunks().flatMap(chunk -> chunk.blocks().iterator()).map(b -> b.first(most)).take(1);
      if (found.isEmpty()) {
        throw new JobException(
            ExitCode.INPUT, KEY + " = " + data.path() + ": no example can be used");
      }
      return found.get(0);
    } catch (Exception e) {
      throw new ExampleVerdict(data, KEY).unreadable(e);
    }
  }

  private static Iterator<NamedOutcome> chosen(Iterator<NamedOutcome> outcomes, double share) {
    return share >= 1
        ? outcomes
        : StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(outcomes, Spliterator.ORDERED), false)
            .filter(each -> (SplitMix64.mix(each.id() ^ CHOICE) >>> UNIT_SHIFT) * UNIT < share)
            .iterator();
  }

  /** Names of the classes in the order of their numbers; empty if they have none. */
  public List<String> classNames() {
    return source.classes().names();
  }

  /** The verdict on what was read. */
  ExampleVerdict verdict() {
    return new ExampleVerdict(data, KEY);
  }
}
