package org.sparkgen.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgen.storage.Digests;

/**
 * JSON that notices every changed bit of itself: its first field, {@code selfSha256}, is the
 * SHA-256 of the whole text with zeros in that field's place.
 */
final class SealedJson {
  private static final String FIELD = "selfSha256";
  private static final String UNSEALED = "0".repeat(64);
  private static final Pattern SEAL =
      Pattern.compile("\\A\\{\\s*\"" + FIELD + "\"\\s*:\\s*\"([0-9a-f]{64})\"");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SealedJson() {}

  /** A new object, to be filled and sealed. */
  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** The object as text, its seal in front. */
  static byte[] seal(ObjectNode body) {
    ObjectNode whole = newObject().put(FIELD, UNSEALED).setAll(body);
    String text;
    try {
      text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values can always be written", e);
    }
    String seal = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    return text.replaceFirst(UNSEALED, seal).getBytes(StandardCharsets.UTF_8);
  }

  /** The object that was sealed, its seal left out. */
  static ObjectNode open(byte[] sealed) throws DamageException {
    // One character for each byte, so that no byte is changed by decoding.
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    Matcher seal = SEAL.matcher(text);
    if (!seal.find()) {
      throw new DamageException("it does not begin with its digest");
    }
    String unsealed = text.substring(0, seal.start(1)) + UNSEALED + text.substring(seal.end(1));
    if (!Digests.sha256(unsealed.getBytes(StandardCharsets.ISO_8859_1)).equals(seal.group(1))) {
      throw new DamageException("its digest does not match its content");
    }
    try {
      JsonNode whole = MAPPER.readTree(sealed);
      if (whole instanceof ObjectNode object) {
        object.remove(FIELD);
        return object;
      }
    } catch (IOException e) {
      throw new DamageException("it is no JSON", e);
    }
    throw new DamageException("it is no JSON object");
  }
}
