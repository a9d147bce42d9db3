package org.sparkgen.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * A JSON object that is read field by field; every mistake names the file and the field. Numbers
 * that JSON cannot write (NaN, infinity) are written as {@code null} and read as NaN.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private final JsonNode node;
  private final String where;

  private Json(JsonNode node, String where) {
    this.node = node;
    this.where = where;
  }

  /** Reads an object; {@code where} is what messages call it, such as {@code run.json}. */
  static Json parse(String text, String where) {
    try {
      return new Json(MAPPER.readTree(text), where).requireObject();
    } catch (JsonProcessingException e) {
      throw new JobException(
          ExitCode.STORAGE, where + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** An empty object to be filled and written. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The object on one line. */
  static String line(ObjectNode object) {
    return object.toString();
  }

  /** The object indented, with a final line break. */
  static String pretty(ObjectNode object) {
    try {
      return MAPPER.writeValueAsString(object).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and text can always be written", e);
    }
  }

  /** Adds a number, or null if it is NaN or infinite. */
  static void put(ObjectNode object, String field, double value) {
    if (Double.isFinite(value)) {
      object.put(field, value);
    } else {
      object.putNull(field);
    }
  }

  /** Adds numbers under their names, in alphabetical order. */
  static void putNumbers(ObjectNode object, String field, Map<String, Double> values) {
    ObjectNode numbers = object.putObject(field);
    new TreeMap<>(values).forEach((name, value) -> put(numbers, name, value));
  }

  /** Adds texts under their names, in the order of the map. */
  static void putTexts(ObjectNode object, String field, Map<String, String> values) {
    ObjectNode texts = object.putObject(field);
    values.forEach(texts::put);
  }

  String text(String field) {
    return field(field, "a text", JsonNode::isTextual).textValue();
  }

  Optional<String> optionalText(String field) {
    return absent(field) ? Optional.empty() : Optional.of(text(field));
  }

  int integer(String field) {
    return field(field, "a whole number", JsonNode::canConvertToInt).intValue();
  }

  long wholeNumber(String field) {
    JsonNode value = field(field, "a whole number", JsonNode::isIntegralNumber);
    return value.longValue();
  }

  /** A whole number that may be written as a text, as protocol buffers do with large ones. */
  long anyWholeNumber(String field) {
    JsonNode value = field(field, "a whole number", v -> v.isIntegralNumber() || v.isTextual());
    return value.asLong();
  }

  /** A number; NaN where the file says null. */
  double number(String field) {
    return asNumber(field(field, "a number", Json::numberOrNull));
  }

  /** Whether the field is missing or null. */
  boolean absent(String field) {
    return !node.hasNonNull(field);
  }

  /** Numbers by name, in alphabetical order. */
  Map<String, Double> numbers(String field) {
    Map<String, Double> numbers = new TreeMap<>();
    Json values = object(field);
    values.names().forEach(name -> numbers.put(name, values.number(name)));
    return Collections.unmodifiableMap(numbers);
  }

  /** Texts by name, in the order of the file. */
  Map<String, String> texts(String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    Json values = object(field);
    values.names().forEach(name -> texts.put(name, values.text(name)));
    return Collections.unmodifiableMap(texts);
  }

  Json object(String field) {
    return new Json(field(field, "an object", JsonNode::isObject), where + ", field " + field);
  }

  Optional<Json> optionalObject(String field) {
    return absent(field) ? Optional.empty() : Optional.of(object(field));
  }

  List<Json> objects(String field) {
    JsonNode values = field(field, "a list", JsonNode::isArray);
    List<Json> objects = new ArrayList<>();
    for (JsonNode value : values) {
      String place = where + ", field " + field + ", element " + (objects.size() + 1);
      objects.add(new Json(value, place).requireObject());
    }
    return objects;
  }

  List<Long> wholeNumbers(String field) {
    List<Long> numbers = new ArrayList<>();
    field(field, "a list", JsonNode::isArray).forEach(value -> numbers.add(value.asLong()));
    return List.copyOf(numbers);
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private Json requireObject() {
    if (!node.isObject()) {
      throw new JobException(ExitCode.STORAGE, where + " must be a JSON object");
    }
    return this;
  }

  private JsonNode field(String field, String expected, Predicate<JsonNode> right) {
    JsonNode value = node.get(field);
    if (value == null || !right.test(value)) {
      throw new JobException(
          ExitCode.STORAGE,
          "%s: field '%s' must be %s, but %s"
              .formatted(where, field, expected, value == null ? "is missing" : "is " + value));
    }
    return value;
  }

  private static boolean numberOrNull(JsonNode value) {
    return value.isNumber() || value.isNull();
  }

  private static double asNumber(JsonNode value) {
    return value.isNull() ? Double.NaN : value.doubleValue();
  }
}
