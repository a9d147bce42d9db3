package org.sparkgen.averaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The state of a model between two rounds: every network's numbers under its name.
 *
 * <p>Names are kept in alphabetical order, so that equal models have equal digests.
 */
public final class Snapshot implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, NetState> nets;
  private transient volatile String weightsSha256;

  /** A snapshot of the given networks; the map is copied, the arrays are not. */
  public Snapshot(Map<String, NetState> nets) {
    this.nets = new TreeMap<>(nets);
  }

  /** Network name to state, in alphabetical order; not modifiable. */
  public Map<String, NetState> nets() {
    return Collections.unmodifiableMap(nets);
  }

  /**
   * SHA-256 over names and parameters (little-endian), as 64 hexadecimal digits; computed once, so
   * the arrays must not change any more.
   */
  public String weightsSha256() {
    String known = weightsSha256;
    if (known == null) {
      FloatDigest digest = FloatDigest.sha256();
      nets.forEach((name, state) -> digest.add(name).add(state.parameters()));
      known = digest.hex();
      weightsSha256 = known;
    }
    return known;
  }

  /**
   * Digest of the whole state, as 64 hexadecimal digits: SHA-256 over three lines for each network,
   * which are its name and iteration counter, the SHA-256 of its parameters, and that of its
   * optimizer state.
   */
  public String stateSha256() {
    List<Supplier<String>> lines = new ArrayList<>();
    nets.forEach(
        (name, state) -> {
          lines.add(() -> name + " " + state.iteration());
          lines.add(state::parametersSha256);
          lines.add(state::updaterSha256);
        });
    // Each on a core of its own: the driver has nothing else to do.
    String text = lines.parallelStream().map(Supplier::get).collect(Collectors.joining("\n"));
    return FloatDigest.sha256().add(text).hex();
  }

  /** The same weights without optimizer state: all that a model needs that is only used. */
  public Snapshot weights() {
    Map<String, NetState> weights = new TreeMap<>();
    nets.forEach(
        (name, net) -> weights.put(name, NetState.ofParameters(net.parameters(), net.iteration())));
    return new Snapshot(weights);
  }
}
