package org.sparkgen.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file as a manifest or {@code _SUCCESS} promises it.
 *
 * @param name path below the folder that the promise is about
 * @param size bytes
 * @param sha256 64 hexadecimal digits
 */
public record FileRecord(String name, long size, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks size and digest. */
  public FileRecord {
    if (size < 0) {
      throw new IllegalArgumentException(name + " has the negative size " + size);
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(name + " has no SHA-256 but '" + sha256 + "'");
    }
  }

  static void write(List<FileRecord> files, ObjectNode into) {
    ArrayNode array = into.putArray("files");
    for (FileRecord file : files) {
      array.addObject().put("name", file.name).put("size", file.size).put("sha256", file.sha256);
    }
  }

  static List<FileRecord> read(ObjectNode from) throws DamageException {
    List<FileRecord> files = new ArrayList<>();
    for (JsonNode file : from.path("files")) {
      try {
        // As text whatever they are: null would be no damage that anybody expects.
        files.add(
            new FileRecord(
                file.required("name").asText(),
                file.required("size").longValue(),
                file.required("sha256").asText()));
      } catch (IllegalArgumentException e) {
        throw new DamageException("its list of files is wrong: " + e.getMessage(), e);
      }
    }
    return List.copyOf(files);
  }
}
