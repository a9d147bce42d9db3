package org.sparkgen.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a configuration file and overrides into a {@link RunConfig}. */
public final class ConfigParser {
  /** The section for names of the author's own, to be used in substitutions. */
  static final String VARIABLES = "vars";

  private static final Pattern HOCON_VALUE = Pattern.compile("(?s)[\\[{\"].*");

  private final Problems problems;
  private final String name;

  private ConfigParser(String name) {
    this.name = name;
    this.problems = new Problems(name);
  }

  /**
   * Reads a configuration.
   *
   * <p>Substitutions {@code ${...}} see the file, the overrides and the environment's variables.
   * The section {@code vars} is for them alone. Of an override {@code key=value}, the value is
   * plain text, unless it begins with a bracket, a brace or a quote; {@code null} removes a key.
   *
   * @param text HOCON
   * @param name the file's name, for messages
   * @param overrides {@code key=value} each; later ones win
   * @throws JobException with {@link ExitCode#USAGE}, listing every problem with its key, the value
   *     found, the rule, and the file and line
   */
  public static RunConfig parse(String text, String name, List<String> overrides) {
    return parse(text, name, "", overrides);
  }

  /**
   * As {@link #parse(String, String, List)}, with what holds where neither text nor overrides say
   * otherwise.
   *
   * @param defaults HOCON
   */
  public static RunConfig parse(String text, String name, String defaults, List<String> overrides) {
    return new ConfigParser(name).checked(text, defaults, overrides);
  }

  private RunConfig checked(String text, String defaults, List<String> overrides) {
    ConfigObject root = read(text, defaults, overrides);
    RunConfig run = new Binder(problems).bind(root);
    new Rules(run, root, problems).check();
    problems.throwIfAny();
    return run;
  }

  private ConfigObject read(String text, String defaults, List<String> overrides) {
    Config overriding = ConfigFactory.empty();
    for (String override : overrides) {
      overriding = override(override).withFallback(overriding);
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setOriginDescription(name).setIncluder(new RefusedIncludes());
    try {
      Config config =
          overriding
              .withFallback(ConfigFactory.parseString(text, options))
              .withFallback(ConfigFactory.parseString(defaults));
      return config.resolve(ConfigResolveOptions.defaults()).root().withoutKey(VARIABLES);
    } catch (ConfigException e) {
      problems.unreadable(e);
      throw problems.asException();
    } catch (StackOverflowError e) {
      // The parser calls itself for each bracket, and has no limit of its own.
      problems.nestedTooDeeply();
      throw problems.asException();
    }
  }

  private Config override(String override) {
    int equals = override.indexOf('=');
    if (equals <= 0) {
      problems.wrong(Problems.OVERRIDE, override, "must be key=value", problems.override());
      return ConfigFactory.empty();
    }
    String key = override.substring(0, equals).strip();
    try {
      return ConfigFactory.empty().withValue(key, value(override.substring(equals + 1).strip()));
    } catch (ConfigException | StackOverflowError e) {
      problems.wrong(key, override.substring(equals + 1), "can't be read", problems.override());
      return ConfigFactory.empty();
    }
  }

  private static ConfigValue value(String text) {
    if (HOCON_VALUE.matcher(text).matches()) {
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setOriginDescription(Problems.OVERRIDE)
              .setIncluder(new RefusedIncludes());
      return ConfigFactory.parseString("value = " + text, options).root().get("value");
    }
    return ConfigValueFactory.fromAnyRef(text.equals("null") ? null : text, Problems.OVERRIDE);
  }
}
