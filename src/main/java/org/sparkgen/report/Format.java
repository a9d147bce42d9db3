package org.sparkgen.report;

import java.util.Locale;

/** Numbers as people read them; the same on every machine. */
final class Format {
  private static final double SECONDS_PER_MINUTE = 60;
  private static final long MINUTES_PER_HOUR = 60;
  private static final double KIBI = 1024;

  private Format() {}

  /** About four significant digits: {@code 12,345}, {@code 112.3}, {@code 0.04213}. */
  static String number(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinity" : "-infinity";
    }
    if (size == 0) {
      return "0";
    }
    if (size >= 1e7 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int integerDigits = (int) Math.floor(Math.log10(size)) + 1;
    return String.format(Locale.ROOT, "%,." + Math.max(0, 4 - integerDigits) + "f", value);
  }

  /** A number with a given count of decimals: {@code 12,000}, {@code 0.25}. */
  static String decimals(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A whole number: {@code 12,345}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count and its noun: {@code 1 round}, {@code 2 rounds}. */
  static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** How often: {@code once}, {@code twice}, {@code 3 times}. */
  static String times(long count) {
    return count == 1 ? "once" : count == 2 ? "twice" : count(count) + " times";
  }

  /** A duration: {@code 0.04 s}, {@code 4.8 s}, {@code 1 min 20 s}, {@code 2 h 3 min}. */
  static String seconds(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "unknown";
    }
    if (seconds < 0.995) {
      return decimals(seconds, 2) + " s";
    }
    if (seconds < SECONDS_PER_MINUTE - 0.05) {
      return decimals(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    long minutes = whole / (long) SECONDS_PER_MINUTE;
    if (minutes < MINUTES_PER_HOUR) {
      return minutes + " min " + whole % (long) SECONDS_PER_MINUTE + " s";
    }
    return count(minutes / MINUTES_PER_HOUR) + " h " + minutes % MINUTES_PER_HOUR + " min";
  }

  /** A size: {@code 812 bytes}, {@code 1.4 MiB}. */
  static String bytes(long bytes) {
    if (bytes < KIBI) {
      return count(bytes, "byte");
    }
    double size = bytes / KIBI;
    if (size < KIBI) {
      return decimals(size, 1) + " KiB";
    }
    size /= KIBI;
    return size < KIBI ? decimals(size, 1) + " MiB" : decimals(size / KIBI, 1) + " GiB";
  }

  /** A share from 0 to 1: {@code 12.3 %}, {@code 0.02 %}, {@code 0 %}. */
  static String percent(double share) {
    double percent = 100 * share;
    if (percent == 0) {
      return "0 %";
    }
    return decimals(percent, Math.abs(percent) < 0.095 ? 2 : 1) + " %";
  }
}
