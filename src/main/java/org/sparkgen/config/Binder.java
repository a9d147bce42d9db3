package org.sparkgen.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a configuration tree into records. Where a value is wrong or missing, the problem is noted
 * and a stand-in takes its place, so that one pass finds everything.
 */
final class Binder {
  private final Problems problems;

  /** A binder that reports there. */
  Binder(Problems problems) {
    this.problems = problems;
  }

  /** The whole configuration. */
  RunConfig bind(ConfigObject root) {
    RunConfig config = (RunConfig) record(RunConfig.class, "", root);
    refuseUnknownKeys("", root, EnumSet.allOf(Family.class));
    return config;
  }

  private Object record(Class<?> type, String section, ConfigObject values) {
    Object[] components =
        Setting.of(type, section).stream().map(setting -> component(setting, values)).toArray();
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents()).map(c -> c.getType()).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(components);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("settings record " + type + " can't be made", e);
    }
  }

  private Object component(Setting setting, ConfigObject values) {
    if (setting.inline()) {
      return record(setting.type(), setting.path(), values);
    }
    Optional<ConfigValue> value =
        Optional.ofNullable(values.get(setting.name()))
            .filter(v -> v.valueType() != ConfigValueType.NULL);
    if (setting.optional()) {
      return value.map(v -> setting.section() ? section(setting, v) : value(setting, v));
    }
    if (setting.section()) {
      return section(setting, value.orElseGet(() -> emptySection(values)));
    }
    return value
        .or(setting::defaultValue)
        .map(v -> value(setting, v))
        .orElseGet(() -> missing(setting, values));
  }

  private Object section(Setting setting, ConfigValue value) {
    if (!(value instanceof ConfigObject values)) {
      String keys = names(Schema.keysIn(setting.path()));
      problems.wrong(
          setting.path(),
          Values.text(value),
          "must be a section { } with the keys " + keys,
          problems.place(value.origin()));
      // The keys that are missing because of it are not worth a line each.
      return new Binder(new Problems("")).section(setting, emptySection(value));
    }
    if (setting.type().isSealed()) {
      return model(setting, values);
    }
    Object record = record(setting.type(), setting.path(), values);
    refuseUnknownKeys(setting.path(), values, EnumSet.allOf(Family.class));
    return record;
  }

  /** Of an unknown family, the keys of all families are checked. */
  private Object model(Setting setting, ConfigObject values) {
    Optional<Family> family =
        Optional.ofNullable(values.get("family"))
            .flatMap(value -> Keyword.constant(Family.class, Values.text(value)))
            .map(Family.class::cast);
    Set<Family> families = family.<Set<Family>>map(EnumSet::of).orElse(EnumSet.allOf(Family.class));
    List<Object> records =
        families.stream()
            .<Class<?>>map(Schema::recordOf)
            .distinct()
            .map(type -> record(type, setting.path(), values))
            .toList();
    refuseUnknownKeys(setting.path(), values, families);
    return records.get(0);
  }

  private Object value(Setting setting, ConfigValue value) {
    try {
      return Values.read(setting, value);
    } catch (Values.Invalid e) {
      problems.wrong(
          setting.path(), Values.text(value), e.getMessage(), problems.place(value.origin()));
      return standIn(setting);
    }
  }

  private Object missing(Setting setting, ConfigObject values) {
    problems.missing(setting.path(), Values.rule(setting), problems.place(values.origin()));
    return standIn(setting);
  }

  private static Object standIn(Setting setting) {
    try {
      if (setting.defaultValue().isPresent()) {
        return Values.read(setting, setting.defaultValue().get());
      }
    } catch (Values.Invalid e) {
      throw new LinkageError("default of " + setting.path() + " " + e.getMessage(), e);
    }
    Class<?> type = setting.type();
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type == String.class
        ? ""
        : (Object) (int) Math.max(0, setting.within().orElseThrow().min());
  }

  private void refuseUnknownKeys(String section, ConfigObject values, Set<Family> families) {
    List<Schema.Key> known = Schema.keysIn(section);
    for (var entry : values.entrySet()) {
      String path = section.isEmpty() ? entry.getKey() : section + "." + entry.getKey();
      Set<Family> homes = Schema.familiesOf(path);
      if (known.stream().noneMatch(key -> key.path().equals(path))) {
        wrong(path, entry.getValue(), "unknown key; " + advice(path, known));
      } else if (homes.stream().noneMatch(families::contains)
          && entry.getValue().valueType() != ConfigValueType.NULL) {
        wrong(
            path,
            entry.getValue(),
            "is for model.family " + names(homes) + " only, and it is " + names(families));
      }
    }
  }

  private void wrong(String path, ConfigValue value, String rule) {
    problems.wrong(path, Values.text(value), rule, problems.place(value.origin()));
  }

  private static String advice(String path, List<Schema.Key> here) {
    List<String> all = Schema.keys().stream().map(Schema.Key::path).distinct().toList();
    return Nearest.to(path, all)
        .map(key -> "did you mean " + key + "?")
        .orElseGet(() -> "known here are " + names(here));
  }

  private static String names(List<Schema.Key> keys) {
    return keys.stream().map(k -> k.setting().name()).distinct().collect(Collectors.joining(", "));
  }

  private static String names(Set<Family> families) {
    return families.stream().map(Keyword::of).collect(Collectors.joining(", "));
  }

  private static ConfigObject emptySection(ConfigValue parent) {
    return ConfigFactory.empty().root().withOrigin(Objects.requireNonNull(parent.origin()));
  }
}
