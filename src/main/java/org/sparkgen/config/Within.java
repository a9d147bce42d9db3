package org.sparkgen.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The closed interval that a number, or every element of a list of numbers, must lie in. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {
  /** The smallest value allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest value allowed. */
  double max() default Double.POSITIVE_INFINITY;
}
