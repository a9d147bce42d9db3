package org.sparkgen.config;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The reference of all keys, written from the annotations of the settings records. */
public final class ConfigReference {
  private static final String INTRODUCTION =
      """
      # Configuration reference

      <!-- Generated from the settings records. After a change of those, write it anew with
           mvn test -Dtest=ConfigReferenceTest -Dsparkgen.writeReference -->

      A run is described by one file in [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md),
      on any Hadoop path. `--set key=value` overrides a key, as often as needed; the last one wins,
      and `--set key=null` removes a key. The value is taken as it is, unless it begins with a
      bracket, a brace or a quote: `--set model.hidden=[400,200]`.

      Unknown keys are refused. Names of your own go into the section `vars`, where substitutions
      find them. Substitutions also see environment variables:

      ```hocon
      vars.folder = "datasets/mnist"
      vars.folder = ${?SPARKGEN_DATA}
      data.path = ${vars.folder}"/train-images-idx3-ubyte.gz"
      ```

      There are no keys for credentials, and a path with a user and a password in it is refused. Give
      them to Spark, as `spark.hadoop.fs.s3a.*` settings with a credential provider.

      `sparkgen train CONFIG --dry-run` prints every key with the value that it would have.
      """;

  private ConfigReference() {}

  /** A row of a table, before it is known for which families it is the same. */
  private record Row(String key, String value, String standard, String meaning) {}

  /** The reference as Markdown. */
  public static String markdown() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Schema.Key key : Schema.keys()) {
      if (key.setting().section()) {
        section(key.setting(), text);
      }
    }
    return text.toString();
  }

  private static void section(Setting section, StringBuilder text) {
    text.append("\n## `").append(section.path()).append("`\n\n").append(section.doc());
    text.append(section.optional() ? " The whole section may be left out.\n\n" : "\n\n");
    Map<Row, Set<Family>> rows = new LinkedHashMap<>();
    for (Schema.Key key : Schema.keysIn(section.path())) {
      if (!key.setting().section()) {
        rows.computeIfAbsent(row(key.setting()), row -> EnumSet.noneOf(Family.class))
            .addAll(key.families());
      }
    }
    boolean byFamily = section.type() == ModelConfig.class;
    List<String> titles = List.of("Key", "Value", "Default", "Families", "Meaning");
    line(titles, byFamily, text);
    line(titles.stream().map(title -> "---").toList(), byFamily, text);
    rows.forEach(
        (row, families) -> {
          String names = families.stream().map(Keyword::of).collect(Collectors.joining(", "));
          line(
              List.of(row.key(), row.value(), row.standard(), names, row.meaning()),
              byFamily,
              text);
        });
  }

  private static void line(List<String> cells, boolean byFamily, StringBuilder text) {
    text.append('|');
    for (int i = 0; i < cells.size(); i++) {
      if (i != 3 || byFamily) {
        text.append(' ').append(cells.get(i)).append(" |");
      }
    }
    text.append('\n');
  }

  private static Row row(Setting setting) {
    String standard =
        setting
            .defaultText()
            .map(text -> "`" + text + "`")
            .orElse(setting.optional() ? "not set" : "required");
    return new Row(
        "`" + setting.name() + "`",
        Values.rule(setting).replace("must be ", ""),
        standard,
        setting.doc());
  }
}
