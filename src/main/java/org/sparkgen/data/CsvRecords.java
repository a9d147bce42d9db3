package org.sparkgen.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits comma-separated text into records (RFC 4180): fields may be quoted, quotes in them are
 * doubled, and quoted fields may contain commas and line breaks. Empty lines are skipped.
 */
final class CsvRecords {
  private static final int END = -1;

  /** A field of more characters is taken as a quote that was never closed. */
  private static final int MAX_FIELD = 1 << 20;

  /** A record of more fields, or more characters in them, is taken as one without line breaks. */
  private static final int MAX_FIELDS = 1 << 20;

  private static final long MAX_RECORD = 1 << 25;

  private final BufferedReader text;

  CsvRecords(BufferedReader text) {
    this.text = text;
  }

  /**
   * The next record; null after the last.
   *
   * @throws UnreadableExampleException if a quote or a record never ends; nothing more can be read
   *     then
   */
  List<String> next() throws IOException, UnreadableExampleException {
    int first = text.read();
    while (first == '\n' || first == '\r') {
      first = text.read();
    }
    if (first == END) {
      return null;
    }
    List<String> fields = new ArrayList<>();
    int next = first;
    int end;
    long characters = 0;
    do {
      if (fields.size() >= MAX_FIELDS || characters > MAX_RECORD) {
        throw new UnreadableExampleException(
            "a row has more than %,d fields or %,d characters".formatted(MAX_FIELDS, MAX_RECORD));
      }
      StringBuilder field = new StringBuilder();
      end = next == '"' ? quoted(field) : plain(next, field);
      fields.add(field.toString());
      characters += field.length();
      next = end == ',' ? text.read() : END;
    } while (end == ',');
    return fields;
  }

  /** Reads a field from its first character on, and returns the character that ends it. */
  private int plain(int first, StringBuilder field) throws IOException, UnreadableExampleException {
    int c = first;
    while (c != ',' && c != '\n' && c != END) {
      if (c != '\r') {
        append(field, c);
      }
      c = text.read();
    }
    return c;
  }

  /** Reads a field after its opening quote, and returns the character that ends it. */
  private int quoted(StringBuilder field) throws IOException, UnreadableExampleException {
    while (true) {
      int c = text.read();
      if (c == END) {
        throw new UnreadableExampleException("a quote is never closed");
      }
      if (c != '"') {
        append(field, c);
        continue;
      }
      int after = text.read();
      if (after != '"') {
        return plain(after, field);
      }
      append(field, '"');
    }
  }

  private static void append(StringBuilder field, int c) throws UnreadableExampleException {
    if (field.length() >= MAX_FIELD) {
      throw new UnreadableExampleException(
          "a field has more than %,d characters".formatted(MAX_FIELD));
    }
    field.append((char) c);
  }
}
