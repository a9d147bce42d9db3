package org.sparkgen.config;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A configuration as text: every key that applies to its family, defaults included, in the order of
 * the records, secrets masked.
 */
public final class ConfigText {
  private ConfigText() {}

  /** HOCON that {@link ConfigParser} reads back into an equal configuration. */
  public static String render(RunConfig config) {
    return render(leaves(config));
  }

  /** One section of a configuration, such as {@code data}. */
  static String section(RunConfig config, String name) {
    Map<String, Object> leaves = leaves(config);
    leaves.keySet().removeIf(key -> !key.startsWith(name + "."));
    return render(leaves);
  }

  private static String render(Map<String, Object> leaves) {
    StringBuilder text = new StringBuilder();
    List<String> open = new ArrayList<>();
    leaves.forEach(
        (path, value) -> {
          List<String> sections = List.of(Schema.parent(path).split("\\."));
          moveTo(sections, open, text);
          indent(open.size(), text)
              .append(path.substring(path.lastIndexOf('.') + 1))
              .append(" = ")
              .append(hocon(path, value))
              .append('\n');
        });
    moveTo(List.of(), open, text);
    return text.toString();
  }

  /** Dotted keys and their values; optional keys that are not set are absent. */
  public static Map<String, String> flat(RunConfig config) {
    Map<String, String> values = unmasked(config);
    values.replaceAll(Secrets::mask);
    return values;
  }

  /** Dotted keys and their values as they are. */
  static Map<String, String> unmasked(RunConfig config) {
    Map<String, String> values = new LinkedHashMap<>();
    leaves(config).forEach((path, value) -> values.put(path, plain(value)));
    return values;
  }

  private static Map<String, Object> leaves(RunConfig config) {
    Map<String, Object> leaves = new LinkedHashMap<>();
    collect(config, "", leaves);
    leaves.keySet().removeIf(key -> !Schema.familiesOf(key).contains(config.model().family()));
    return leaves;
  }

  private static void collect(Object record, String section, Map<String, Object> leaves) {
    for (Setting setting : Setting.of(record.getClass(), section)) {
      Object component = setting.valueIn(record);
      Optional<?> value = setting.optional() ? (Optional<?>) component : Optional.of(component);
      if (setting.section()) {
        value.ifPresent(inner -> collect(inner, setting.path(), leaves));
      } else {
        value.ifPresent(inner -> leaves.put(setting.path(), inner));
      }
    }
  }

  /** Closes and opens braces until exactly {@code sections} are open. */
  private static void moveTo(List<String> sections, List<String> open, StringBuilder text) {
    while (open.size() > sections.size() || !open.equals(sections.subList(0, open.size()))) {
      open.remove(open.size() - 1);
      indent(open.size(), text).append("}\n");
    }
    while (open.size() < sections.size()) {
      String next = sections.get(open.size());
      indent(open.size(), text).append(next).append(" {\n");
      open.add(next);
    }
  }

  private static StringBuilder indent(int depth, StringBuilder text) {
    return text.append("  ".repeat(depth));
  }

  private static String plain(Object value) {
    return value instanceof Enum<?> constant ? Keyword.of(constant) : value.toString();
  }

  private static String hocon(String path, Object value) {
    if (value instanceof List<?> list) {
      return "["
          + list.stream().map(each -> hocon(path, each)).collect(Collectors.joining(", "))
          + "]";
    }
    String masked = Secrets.mask(path, plain(value));
    return value instanceof String ? ConfigUtil.quoteString(masked) : masked;
  }
}
