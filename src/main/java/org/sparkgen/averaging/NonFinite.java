package org.sparkgen.averaging;

import java.util.Map;
import java.util.Optional;

/** Looks for NaN and infinity. */
public final class NonFinite {
  private NonFinite() {}

  /** Where the first value of a snapshot is that is no number, in words; empty if all are. */
  public static Optional<String> find(Snapshot snapshot) {
    for (Map.Entry<String, NetState> net : snapshot.nets().entrySet()) {
      Optional<String> place =
          find("parameter", net.getKey(), net.getValue().parameters())
              .or(() -> find("updater value", net.getKey(), net.getValue().updater()));
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> find(String kind, String net, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return Optional.of(
            "%s %d of %d of network '%s' is %s".formatted(kind, i, values.length, net, values[i]));
      }
    }
    return Optional.empty();
  }
}
