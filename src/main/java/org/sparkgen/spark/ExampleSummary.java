package org.sparkgen.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Reject;

/**
 * What the driver has to know of a shard.
 *
 * <p>A final class around arrays because it travels through Spark.
 */
final class ExampleSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long accepted;
  private final long rejected;
  private final Reject[] sample;
  private final String sha256;
  private final long unlabelled;
  private final int highestLabel;

  private ExampleSummary(
      long accepted,
      long rejected,
      Reject[] sample,
      String sha256,
      long unlabelled,
      int highestLabel) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.sample = sample;
    this.sha256 = sha256;
    this.unlabelled = unlabelled;
    this.highestLabel = highestLabel;
  }

  /** Counts, digests, and picks the first rejects by path and index. */
  static ExampleSummary of(ExampleShard shard) {
    return new ExampleSummary(
        shard.blocks().stream().mapToLong(ExampleBlock::count).sum(),
        shard.rejects().stream().mapToLong(Reject::count).sum(),
        ExampleCounts.first(shard.rejects().stream()).toArray(Reject[]::new),
        digest(shard.blocks()),
        labels(shard).filter(label -> label == ExampleBlock.NO_LABEL).count(),
        labels(shard).max().orElse(ExampleBlock.NO_LABEL));
  }

  private static IntStream labels(ExampleShard shard) {
    return shard.blocks().stream().flatMapToInt(block -> Arrays.stream(block.labels()));
  }

  /** Its first rejects, at most {@link ExampleCounts#SAMPLE}. */
  Stream<Reject> sample() {
    return Stream.of(sample);
  }

  /** SHA-256 of digests in their order, as 64 hexadecimal digits. */
  static String digestOfDigests(List<ExampleSummary> summaries) {
    MessageDigest digest = sha256();
    summaries.forEach(s -> digest.update(HexFormat.of().parseHex(s.sha256)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Accepted examples. */
  long accepted() {
    return accepted;
  }

  /** Listed examples that were not accepted. */
  long rejected() {
    return rejected;
  }

  /** Accepted examples without a label. */
  long unlabelled() {
    return unlabelled;
  }

  /** The highest class number; {@link ExampleBlock#NO_LABEL} if no example has one. */
  int highestLabel() {
    return highestLabel;
  }

  /** Over ids, labels and contents, whatever the blocks that they are packed in. */
  private static String digest(List<ExampleBlock> blocks) {
    MessageDigest digest = sha256();
    for (ExampleBlock block : blocks) {
      int size = block.count() == 0 ? 0 : length(block) / block.count();
      ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
      for (int i = 0; i < block.count(); i++) {
        digest.update(
            numbers.putLong(0, block.ids()[i]).putInt(Long.BYTES, block.labels()[i]).array());
        if (block.images()) {
          digest.update(block.pixels(), i * size, size);
        } else {
          digest.update(bytes(block.values(), i * size, size));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static int length(ExampleBlock block) {
    return block.images() ? block.pixels().length : block.values().length;
  }

  private static byte[] bytes(float[] values, int from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, from, count);
    return bytes.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
