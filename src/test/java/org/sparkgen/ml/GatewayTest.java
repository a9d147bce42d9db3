package org.sparkgen.ml;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import py4j.reflection.ReflectionEngine;

/** What PySpark's gateway into the JVM finds: it has rules of its own for inherited methods. */
class GatewayTest {
  private static List<Method> methods(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getMethods()) {
      boolean ours = method.getDeclaringClass().getPackageName().equals(type.getPackageName());
      if ((ours || method.getName().matches("save|write|explainParams")) && !method.isBridge()) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static void assertFound(Class<?> type) {
    for (Method method : methods(type)) {
      assertThatCode(
              () ->
                  new ReflectionEngine()
                      .getMethod(type, method.getName(), method.getParameterTypes()))
          .as(method.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyMethodOfTheEstimatorIsFound() {
    assertFound(SparkgenEstimator.class);
  }

  @Test
  void everyMethodOfTheModelIsFound() {
    assertFound(SparkgenModel.class);
  }
}
