package org.sparkgen.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A component of a settings record, with the key it stands for: a value, a section, or a group of
 * keys that is inlined into its section.
 *
 * @param path the dotted key; of an inlined group, that of the section around it
 * @param component the component that the annotations stand at
 */
record Setting(String path, RecordComponent component) {
  /** The components of a record whose keys begin with {@code section}; empty for the root. */
  static List<Setting> of(Class<?> type, String section) {
    return Arrays.stream(type.getRecordComponents())
        .map(c -> new Setting(c.isAnnotationPresent(Inline.class) ? section : join(section, c), c))
        .toList();
  }

  private static String join(String section, RecordComponent component) {
    return section.isEmpty() ? component.getName() : section + "." + component.getName();
  }

  String name() {
    return component.getName();
  }

  String doc() {
    return component.isAnnotationPresent(Doc.class)
        ? component.getAnnotation(Doc.class).value()
        : "";
  }

  boolean inline() {
    return component.isAnnotationPresent(Inline.class);
  }

  boolean optional() {
    return component.getType() == Optional.class;
  }

  /** The component's class; of an optional component, the class inside. */
  Class<?> type() {
    return optional()
        ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : component.getType();
  }

  /** The class of the elements of a list. */
  Class<?> elementType() {
    return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
  }

  /** Whether the component has keys of its own. */
  boolean section() {
    return type().isSealed() || (type().isRecord() && textParser().isEmpty());
  }

  Optional<Within> within() {
    return Optional.ofNullable(component.getAnnotation(Within.class));
  }

  Optional<Families> families() {
    return Optional.ofNullable(component.getAnnotation(Families.class));
  }

  Optional<String> defaultText() {
    return Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
  }

  Optional<ConfigValue> defaultValue() {
    return defaultText()
        .map(text -> ConfigFactory.parseString("value = " + text).getValue("value"));
  }

  /** {@code static parse(String)} of a type that reads itself. */
  Optional<Method> textParser() {
    return Arrays.stream(type().getDeclaredMethods())
        .filter(method -> method.getName().equals("parse"))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .findFirst();
  }

  /** The component's value in a record. */
  Object valueIn(Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("settings record without a readable component " + path, e);
    }
  }
}
