package org.sparkgen.averaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a model between two rounds: every network's numbers under its name.
 *
 * <p>Names are kept in alphabetical order, so that equal models have equal digests.
 */
public final class Snapshot implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CHUNK_FLOATS = 16_384;

  private final TreeMap<String, NetState> nets;

  /** A snapshot of the given networks; the map is copied, the arrays are not. */
  public Snapshot(Map<String, NetState> nets) {
    this.nets = new TreeMap<>(nets);
  }

  /** Network name to state, in alphabetical order; not modifiable. */
  public Map<String, NetState> nets() {
    return Collections.unmodifiableMap(nets);
  }

  /** Number of parameters of all networks. */
  public long parameterCount() {
    return nets.values().stream().mapToLong(n -> n.parameters().length).sum();
  }

  /** SHA-256 over names and parameters (little-endian), as 64 hexadecimal digits. */
  public String weightsSha256() {
    MessageDigest digest = sha256();
    nets.forEach(
        (name, state) -> {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          update(digest, state.parameters());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 over names, parameters, optimizer state and counters, as 64 hexadecimal digits. */
  public String stateSha256() {
    MessageDigest digest = sha256();
    nets.forEach(
        (name, state) -> {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          update(digest, state.parameters());
          update(digest, state.updater());
          digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, state.iteration()));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      digest.update(bytes.array(), 0, count * Float.BYTES);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
