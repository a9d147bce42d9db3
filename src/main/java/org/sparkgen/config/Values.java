package org.sparkgen.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads single values exactly: nothing is rounded, cut off or guessed. */
final class Values {
  private Values() {}

  /** A value that breaks the rule in its message. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String rule) {
      super(rule);
    }
  }

  /** The value of a setting. */
  static Object read(Setting setting, ConfigValue value) throws Invalid {
    if (setting.type() != List.class) {
      return scalar(setting, setting.type(), value);
    }
    if (!(value instanceof ConfigList list)) {
      throw new Invalid(rule(setting));
    }
    List<Object> elements = new ArrayList<>();
    for (ConfigValue element : list) {
      elements.add(scalar(setting, setting.elementType(), element));
    }
    return List.copyOf(elements);
  }

  /** What a setting's value must be, beginning with "must be". */
  static String rule(Setting setting) {
    Class<?> type = setting.type();
    if (type == List.class) {
      return setting.elementType() == String.class
          ? "must be a list of texts"
          : "must be a list of whole numbers" + range(setting, Integer.class, ", each from ");
    }
    if (type == double.class) {
      return "must be a number" + range(setting, type, " from ");
    }
    if (type == int.class || type == long.class) {
      return "must be a whole number" + range(setting, type, " from ");
    }
    if (type == boolean.class) {
      return "must be true or false";
    }
    return type.isEnum() ? "must be one of " + Keyword.choices(type) : "must be text";
  }

  /** The closed interval of a number, written out; empty for other types. */
  static String range(Setting setting, Class<?> type, String before) {
    double min = setting.within().map(Within::min).orElse(Double.NEGATIVE_INFINITY);
    double max = setting.within().map(Within::max).orElse(Double.POSITIVE_INFINITY);
    if (type == int.class || type == Integer.class) {
      min = Math.max(min, Integer.MIN_VALUE);
      max = Math.min(max, Integer.MAX_VALUE);
    }
    if (type == long.class && Double.isInfinite(min) && Double.isInfinite(max)) {
      return before + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }
    return before + number(min) + " to " + number(max);
  }

  /** A value as its author wrote it. */
  static String text(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> value.atKey("text").getString("text");
      case OBJECT -> "{...}";
      case LIST, NULL -> value.render(ConfigRenderOptions.concise());
    };
  }

  private static Object scalar(Setting setting, Class<?> type, ConfigValue value) throws Invalid {
    if (value.valueType() == ConfigValueType.OBJECT
        || value.valueType() == ConfigValueType.LIST
        || value.valueType() == ConfigValueType.NULL) {
      throw new Invalid(rule(setting));
    }
    String text = text(value);
    if (type.isEnum()) {
      return Keyword.constant(type, text).orElseThrow(() -> new Invalid(rule(setting)));
    }
    if (type == boolean.class) {
      return flag(text).orElseThrow(() -> new Invalid(rule(setting)));
    }
    if (type == String.class) {
      return text;
    }
    return setting.textParser().isPresent() ? parsed(setting, text) : number(setting, type, text);
  }

  private static Optional<Boolean> flag(String text) {
    return text.equals("true") || text.equals("false")
        ? Optional.of(Boolean.valueOf(text))
        : Optional.empty();
  }

  private static Object parsed(Setting setting, String text) throws Invalid {
    try {
      return setting.textParser().orElseThrow().invoke(null, text);
    } catch (InvocationTargetException e) {
      throw new Invalid(e.getCause().getMessage());
    } catch (IllegalAccessException e) {
      throw new LinkageError("parse(String) of " + setting.type() + " is not public", e);
    }
  }

  private static Object number(Setting setting, Class<?> type, String text) throws Invalid {
    try {
      BigDecimal exact = new BigDecimal(text);
      double approximate = exact.doubleValue();
      Optional<Within> within = setting.within();
      if (Double.isInfinite(approximate)
          || within.filter(w -> approximate < w.min() || approximate > w.max()).isPresent()) {
        throw new Invalid(rule(setting));
      }
      if (type == double.class) {
        return approximate;
      }
      return type == long.class ? (Object) exact.longValueExact() : (Object) exact.intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Invalid(rule(setting));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
