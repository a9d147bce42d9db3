package org.sparkgen.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.storage.MemoryStorage;

/** Whatever happens to a stored checkpoint is noticed, and the round before is used. */
class CheckpointDamageTest {
  private static final String RUN = "memory://store/run";
  private static final String MANIFEST_2 = RUN + "/checkpoints/round-000002/manifest.json";
  private static final int FLIPS = 1_000;

  private final MemoryStorage storage = new MemoryStorage();
  private final Checkpoints checkpoints = new Checkpoints(storage, RUN, 2);

  @BeforeEach
  void publishTwoRounds() {
    checkpoints.publish(Examples.checkpoint(1));
    checkpoints.publish(Examples.checkpoint(2));
  }

  @Test
  void everyFileCutAtEveryKibibyteIsNoticed() {
    int cuts = 0;
    for (String uri : filesOfRound2()) {
      byte[] whole = storage.files().get(uri);
      for (int length = 0; length < whole.length; length += 1024) {
        storage.files().put(uri, Arrays.copyOf(whole, length));
        assertRound1IsUsed("cut of " + uri + " at " + length);
        cuts++;
      }
      storage.files().put(uri, Arrays.copyOf(whole, whole.length + 1));
      if (!uri.endsWith("manifest.json")) {
        assertRound1IsUsed("addition to " + uri);
      }
      storage.files().put(uri, whole);
    }
    assertThat(cuts).isGreaterThan(12);
    assertRound2IsUsed();
  }

  @Test
  void everyFlippedBitIsNoticed() {
    List<String> uris = filesOfRound2();
    Random random = new Random(20_240_607);
    for (int i = 0; i < FLIPS; i++) {
      String uri = uris.get(random.nextInt(uris.size()));
      byte[] content = storage.files().get(uri);
      int at = random.nextInt(content.length);
      byte bit = (byte) (1 << random.nextInt(Byte.SIZE));
      content[at] ^= bit;
      assertRound1IsUsed("bit %d of byte %d of %s".formatted(bit, at, uri));
      content[at] ^= bit;
    }
    assertRound2IsUsed();
  }

  @Test
  void everyBitOfTheManifestIsCovered() {
    byte[] manifest = storage.files().get(RUN + "/checkpoints/round-000002/manifest.json");
    for (int at = 0; at < manifest.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        manifest[at] ^= (byte) (1 << bit);
        assertThat(isOpened(manifest)).as("bit %d of byte %d", bit, at).isFalse();
        manifest[at] ^= (byte) (1 << bit);
      }
    }
    assertThat(isOpened(manifest)).isTrue();
  }

  @Test
  void everyMissingFileIsNoticed() {
    for (String uri : filesOfRound2()) {
      byte[] whole = storage.files().remove(uri);
      LatestCheckpoint latest = checkpoints.latestVerified();
      Examples.assertSame(latest.checkpoint().orElseThrow(), Examples.checkpoint(1));
      // Without its manifest a checkpoint does not exist: that is no damage.
      assertThat(latest.skipped()).hasSize(uri.endsWith("manifest.json") ? 0 : 1);
      storage.files().put(uri, whole);
    }
  }

  @Test
  void nothingIsLeftToUseIfAllIsDamaged() {
    storage.files().replaceAll((uri, bytes) -> new byte[0]);

    LatestCheckpoint latest = checkpoints.latestVerified();

    assertThat(latest.checkpoint()).isEmpty();
    assertThat(latest.skipped())
        .containsExactly(
            "checkpoint of round 2 is not used: manifest.json: it does not begin with its digest.",
            "checkpoint of round 1 is not used: manifest.json: it does not begin with its digest.");
  }

  @ParameterizedTest
  @CsvSource({
    "attempt/../../../secret, passwd",
    ".., passwd",
    "attempt, ../../../passwd",
    "attempt, .hidden",
    "attempt, a/b",
    "'', passwd"
  })
  void aForgedManifestLeadsNowhereElse(String attempt, String name) {
    storage.publish("memory://store/passwd", "root");
    publishForged(attempt, new FileRecord(name, 4, "0".repeat(64)));

    assertThat(checkpoints.latestVerified().skipped())
        .singleElement()
        .asString()
        .matches("checkpoint of round 2 is not used: (it names a file|refused to use)[^\\n]*");
  }

  @Test
  void aPromiseOfGigabytesIsComparedBeforeAnythingIsRead() {
    storage.publish(RUN + "/checkpoints/round-000002/attempt/encoder.parameters.f32", "abcd");
    publishForged("attempt", new FileRecord("encoder.parameters.f32", 1L << 40, "0".repeat(64)));

    assertThat(checkpoints.latestVerified().skipped())
        .containsExactly(
            "checkpoint of round 2 is not used: encoder.parameters.f32 has 4 bytes instead of"
                + " 1099511627776.");
  }

  /** What has its own digest may still have been written by something else. */
  @ParameterizedTest
  @CsvSource({
    "name, 5, it names a file|has another",
    "sha256, null, its list of files is wrong",
    "size, -1, its list of files is wrong"
  })
  void aSealedManifestOfWrongTypesIsDamage(String field, String value, String reason)
      throws Exception {
    ObjectNode json = SealedJson.open(storage.files().get(MANIFEST_2));
    ((ObjectNode) json.path("files").get(0)).set(field, new ObjectMapper().readTree(value));
    storage.publish(MANIFEST_2, SealedJson.seal(json));

    assertRound1IsUsed(field);
    assertThat(checkpoints.latestVerified().skipped().get(0)).containsPattern(reason + "|missing");
  }

  @Test
  void aSealedManifestOfANegativeEpochIsDamage() throws Exception {
    ObjectNode json = SealedJson.open(storage.files().get(MANIFEST_2));
    storage.publish(MANIFEST_2, SealedJson.seal(json.put("epoch", -1)));

    assertThat(checkpoints.latestVerified().skipped())
        .containsExactly(
            "checkpoint of round 2 is not used: manifest.json: it is of round 2 and epoch -1.");
  }

  @Test
  void aHugeManifestIsNotRead() {
    storage.publish(RUN + "/checkpoints/round-000002/manifest.json", new byte[(4 << 20) + 1]);

    assertThat(checkpoints.latestVerified().skipped())
        .containsExactly(
            "checkpoint of round 2 is not used: manifest.json has 4194305 bytes, more than"
                + " 4194304.");
  }

  @Test
  void aManifestOfAnotherRoundIsNotBelieved() {
    byte[] first = storage.files().get(RUN + "/checkpoints/round-000001/manifest.json");
    storage.publish(RUN + "/checkpoints/round-000002/manifest.json", first);

    assertThat(checkpoints.latestVerified().skipped())
        .containsExactly(
            "checkpoint of round 2 is not used: manifest.json: it is the manifest of round 1.");
  }

  @Test
  void checkpointsOfAnotherConfigurationArePassedOver() {
    Checkpoints mine = new Checkpoints(storage, RUN, 2, "c".repeat(64), () -> {});
    mine.publish(Examples.checkpoint(1));

    LatestCheckpoint latest = mine.latestVerified();

    Examples.assertSame(latest.checkpoint().orElseThrow(), Examples.checkpoint(1));
    assertThat(latest.skipped())
        .containsExactly("checkpoint of round 2 is not used: it belongs to another configuration.");
  }

  private void publishForged(String attempt, FileRecord file) {
    Manifest forged =
        new Manifest(2, 1, attempt, "", "", "", Map.of("encoder", 1L), List.of(file), Map.of());
    storage.publish(RUN + "/checkpoints/round-000002/manifest.json", forged.toBytes());
  }

  private void assertRound1IsUsed(String damage) {
    LatestCheckpoint latest = checkpoints.latestVerified();
    assertThat(latest.skipped()).as(damage).hasSize(1);
    assertThat(latest.skipped().get(0)).startsWith("checkpoint of round 2 is not used: ");
    assertThat(latest.checkpoint().orElseThrow().snapshot().stateSha256())
        .as(damage)
        .isEqualTo(Examples.checkpoint(1).snapshot().stateSha256());
  }

  private void assertRound2IsUsed() {
    Examples.assertSame(
        checkpoints.latestVerified().checkpoint().orElseThrow(), Examples.checkpoint(2));
  }

  private static boolean isOpened(byte[] manifest) {
    try {
      return SealedJson.open(manifest).path("round").intValue() == 2;
    } catch (DamageException e) {
      assertThat(e).hasMessageStartingWith("it");
      return false;
    }
  }

  private List<String> filesOfRound2() {
    List<String> uris = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : storage.files().entrySet()) {
      // No bit can be flipped in a file without bytes.
      if (file.getKey().contains("/round-000002/") && file.getValue().length > 0) {
        uris.add(file.getKey());
      }
    }
    return uris;
  }
}
