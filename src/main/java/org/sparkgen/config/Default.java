package org.sparkgen.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a key has when the file leaves it out, written as in a configuration file. A key
 * with neither a default nor an {@link java.util.Optional} type is required.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** The value as HOCON text, such as {@code 0.01}, {@code adam} or {@code [400]}. */
  String value();
}
