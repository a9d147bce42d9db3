package org.sparkgen.job;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.FeatureFacts;

/** What a run must find as it was when it goes on: else its rounds would not be comparable. */
final class LastingFacts {
  private static final String HELD_OUT_FINGERPRINT = "heldOutFingerprint";
  private static final String FEATURES = "featuresSha256";

  private final RunConfig config;
  private final Map<String, String> facts = new TreeMap<>();

  /** The facts of this start. */
  LastingFacts(RunConfig config, TrainingData data, Optional<FeatureFacts> features) {
    this.config = config;
    facts.put(TrainingProgress.FINGERPRINT, data.training().fingerprint());
    data.heldOut().ifPresent(h -> facts.put(HELD_OUT_FINGERPRINT, h.fingerprint()));
    features.ifPresent(f -> facts.put(FEATURES, f.sha256()));
  }

  /** Name to value, for checkpoints. */
  Map<String, String> values() {
    return Map.copyOf(facts);
  }

  /**
   * Compares with what an earlier start found.
   *
   * @throws JobException INPUT, naming what is another now
   */
  void requireSameAs(TrainingProgress earlier) {
    String data = "holds other examples than when this run was begun (fingerprint %s, now %s)";
    require(earlier, TrainingProgress.FINGERPRINT, "data.path", config.data().path(), data);
    config
        .data()
        .heldOut()
        .ifPresent(
            h -> require(earlier, HELD_OUT_FINGERPRINT, "data.heldOut.path", h.path(), data));
    config
        .evaluation()
        .features()
        .ifPresent(
            f ->
                require(
                    earlier,
                    FEATURES,
                    "evaluation.features.path",
                    f.path(),
                    "holds another network than when this run was begun (SHA-256 %s, now %s)"));
  }

  private void require(
      TrainingProgress earlier, String fact, String key, String path, String difference) {
    Optional<String> before = earlier.fact(fact);
    Optional<String> now = Optional.ofNullable(facts.get(fact));
    if (before.isPresent() && now.isPresent() && !before.equals(now)) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s %s: bring the old ones back to go on, or begin a new run with another output.path"
              .formatted(key, path, difference.formatted(before.get(), now.get())));
    }
  }
}
