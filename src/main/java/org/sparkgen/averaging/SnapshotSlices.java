package org.sparkgen.averaging;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How snapshots of one shape are cut into nearly equal contiguous slices and put together again.
 *
 * <p>The numbers of all networks form one row: in alphabetical order of the networks, parameters,
 * then updater values. Slice {@code i} of {@code S} is a piece of that row; lengths differ by at
 * most one. Cutting copies one slice at a time. Beside the slices go two small arrays: the moments
 * of batch normalisation, whose variances the mean of the slices gets wrong (see {@link
 * StatisticsLayout}), and the iteration counters.
 *
 * <p>A final class rather than a record because it is sent through Spark. Not modifiable.
 */
public final class SnapshotSlices implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<NetShape> nets = new ArrayList<>();
  private final int count;
  private final long total;
  private final int features;

  private SnapshotSlices(List<NetShape> nets, int count) {
    this.nets.addAll(nets);
    this.count = count;
    this.total = nets.stream().mapToLong(n -> (long) n.parameters() + n.updater()).sum();
    this.features = nets.stream().mapToInt(n -> n.statistics().features()).sum();
    if (count < 1) {
      throw new IllegalArgumentException(
          "can't cut %d values into %d slices".formatted(total, count));
    }
  }

  /**
   * The one slice of snapshots that look like the given one; see {@link #into} for more.
   *
   * @param like a snapshot with the networks and lengths of all others
   * @param statistics network name to where its batch-norm statistics are; networks that are not
   *     named have none
   * @param rule whether updater values are part of the row
   * @throws IllegalArgumentException if a layout names an unknown network or reaches past its end
   */
  public static SnapshotSlices of(
      Snapshot like, Map<String, StatisticsLayout> statistics, UpdaterRule rule) {
    statistics.forEach((name, layout) -> requireInside(like, name, layout));
    List<NetShape> nets = new ArrayList<>();
    like.nets()
        .forEach(
            (name, state) ->
                nets.add(
                    new NetShape(
                        name, state, rule, statistics.getOrDefault(name, StatisticsLayout.NONE))));
    return new SnapshotSlices(nets, 1);
  }

  /**
   * The same row cut into another number of slices.
   *
   * @param slices at least 1, and so many that none has 2^29 values
   */
  public SnapshotSlices into(int slices) {
    return new SnapshotSlices(nets, slices);
  }

  private static void requireInside(Snapshot like, String name, StatisticsLayout layout) {
    NetState state = like.nets().get(name);
    if (state == null || layout.end() > state.parameters().length) {
      throw new IllegalArgumentException(
          "batch-norm statistics of network '%s' reach to %d, but %s"
              .formatted(
                  name,
                  layout.end(),
                  state == null
                      ? "the model has only " + like.nets().keySet()
                      : "it has " + state.parameters().length + " parameters"));
    }
  }

  /** Number of slices. */
  public int count() {
    return count;
  }

  /** Values in all slices together. */
  public long total() {
    return total;
  }

  /** Number of batch-norm features of all networks. */
  public int features() {
    return features;
  }

  /** Values in one slice. */
  public int length(int slice) {
    return Math.toIntExact(start(slice + 1) - start(slice));
  }

  private long start(int slice) {
    return total / count * slice + Math.min(slice, total % count);
  }

  /**
   * A copy of one slice.
   *
   * @throws IllegalArgumentException if the snapshot has another shape
   */
  public PackedFloats slice(Snapshot snapshot, int slice) {
    PackedFloats values = PackedFloats.blank(length(slice));
    FloatBuffer view = values.view();
    transfer(snapshot, slice, (array, at, offset, n) -> view.put(offset, array, at, n));
    return values;
  }

  /** The batch-norm means of all networks, then their variances. */
  public float[] moments(Snapshot snapshot) {
    float[] moments = new float[2 * features];
    int at = 0;
    for (NetShape net : nets) {
      float[] parameters = net.of(snapshot).parameters();
      net.statistics().copyMeans(parameters, moments, at);
      net.statistics().copyVariances(parameters, moments, features + at);
      at += net.statistics().features();
    }
    return moments;
  }

  /** The iteration counter of every network, in alphabetical order of the names. */
  public long[] iterations(Snapshot snapshot) {
    return nets.stream().mapToLong(net -> net.of(snapshot).iteration()).toArray();
  }

  /**
   * A snapshot made of averaged slices.
   *
   * <p>Under {@link UpdaterRule#FRESH} its updater values are zeros and its counters 0: Adam
   * divides its moments by {@code 1 - beta^t}, which is only right if both began together.
   *
   * @param slices all slices, in order
   * @param variances combined batch-norm variances, which replace those in the slices
   * @param iterations the counter of every network: the highest of the contributing shards. Those
   *     start a round from one counter and differ by the batches that a smaller shard lacks, and by
   *     the steps in which a network of a shard waited for its opponent; the highest is what time
   *     has reached, whichever shards were short or empty, and is the count that Adam's bias
   *     correction would have seen on one machine
   */
  public Snapshot assemble(List<PackedFloats> slices, float[] variances, long[] iterations) {
    Shapes.requireLength(features, variances.length);
    Shapes.requireLength(nets.size(), iterations.length);
    Map<String, NetState> states = new LinkedHashMap<>();
    for (int i = 0; i < nets.size(); i++) {
      states.put(nets.get(i).name(), nets.get(i).blank(iterations[i]));
    }
    Snapshot snapshot = new Snapshot(states);
    for (int slice = 0; slice < count; slice++) {
      FloatBuffer values = slices.get(slice).view();
      Shapes.requireLength(length(slice), values.limit());
      transfer(snapshot, slice, (array, at, offset, n) -> values.get(offset, array, at, n));
    }
    int at = 0;
    for (NetShape net : nets) {
      net.statistics().replaceVariances(variances, at, net.of(snapshot).parameters());
      at += net.statistics().features();
    }
    return snapshot;
  }

  /** Hands every piece of a snapshot's array that lies in a slice to the given copy. */
  private void transfer(Snapshot snapshot, int slice, Copy copy) {
    long from = start(slice);
    long to = start(slice + 1);
    long position = 0;
    for (NetShape net : nets) {
      NetState state = net.of(snapshot);
      overlap(state.parameters(), net.parameters(), position, from, to, copy);
      overlap(state.updater(), net.updater(), position + net.parameters(), from, to, copy);
      position += (long) net.parameters() + net.updater();
    }
  }

  private static void overlap(
      float[] array, int length, long position, long from, long to, Copy copy) {
    long first = Math.max(from, position);
    long last = Math.min(to, position + length);
    if (first < last) {
      copy.run(array, (int) (first - position), (int) (first - from), (int) (last - first));
    }
  }

  /** Copies {@code length} values between an array of a snapshot and a slice. */
  private interface Copy {
    void run(float[] array, int at, int offset, int length);
  }
}
