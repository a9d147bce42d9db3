package org.sparkgen.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Enum constants as a configuration writes them: {@code NON_SATURATING} is non-saturating. */
public final class Keyword {
  private Keyword() {}

  /** The lower-case, hyphenated name of a constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant that a configuration writes as {@code text}. */
  static Optional<Enum<?>> constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .<Enum<?>>map(Enum.class::cast)
        .filter(constant -> of(constant).equals(text))
        .findFirst();
  }

  /** All names of an enum, in order, separated by commas. */
  static String choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> of((Enum<?>) constant))
        .collect(Collectors.joining(", "));
  }
}
