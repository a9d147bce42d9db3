package org.sparkgen.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What third-party.md lists, and the bill of materials of the build cut down to it. */
public final class ThirdParty {
  private static final Pattern ROW = Pattern.compile("\\| (\\S+) \\| (\\S.*\\S) \\|");

  private ThirdParty() {}

  /** The licence of each entry: group and artifact, or a library's file. */
  static Map<String, String> listed() throws IOException {
    Map<String, String> licences = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("src", "site", "markdown", "third-party.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("What")) {
        licences.put(row.group(1), row.group(2));
      }
    }
    return licences;
  }

  /** Whether an entry, which may end with an asterisk, is about that. */
  static boolean covers(String listed, String name) {
    return listed.endsWith("*")
        ? name.startsWith(listed.substring(0, listed.length() - 1))
        : name.equals(listed);
  }

  /**
   * Takes out of a CycloneDX file what the application jar doesn't hold: the plugin lists whatever
   * Maven resolves, and the jar leaves some of it out.
   *
   * @param arguments the file, which is replaced
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode bom = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
    Set<String> listed = listed().keySet();
    Set<String> gone = new HashSet<>();
    for (Iterator<JsonNode> each = bom.withArray("components").iterator(); each.hasNext(); ) {
      JsonNode component = each.next();
      String name = component.path("group").asText() + ":" + component.path("name").asText();
      if (listed.stream().noneMatch(entry -> covers(entry, name))) {
        gone.add(component.path("bom-ref").asText());
        each.remove();
      }
    }
    for (Iterator<JsonNode> each = bom.withArray("dependencies").iterator(); each.hasNext(); ) {
      JsonNode dependency = each.next();
      if (gone.contains(dependency.path("ref").asText())) {
        each.remove();
        continue;
      }
      Iterator<JsonNode> needed = dependency.withArray("dependsOn").iterator();
      while (needed.hasNext()) {
        if (gone.contains(needed.next().asText())) {
          needed.remove();
        }
      }
    }
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), bom);
  }
}
