package org.sparkgen.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * submit/airflow_dag.py in Python, with just as much of Airflow's modules as it imports: decorators
 * that keep what they decorate, and the two exceptions.
 */
final class AirflowDag {
  private static final String EXCEPTIONS =
      """
      class AirflowException(Exception):
          pass

      class AirflowFailException(AirflowException):
          pass
      """;

  private static final String DECORATORS =
      """
      settings = {}
      tasks = {}
      order = []

      def dag(**given):
          settings.update(given)
          return lambda function: function

      def task(function=None, **given):
          if function is None:
              return task
          def planned(*upstream):
              order.append((*upstream, function.__name__))
              return function.__name__
          tasks[function.__name__] = function
          return planned
      """;

  /** Imports the DAG, evaluates an expression of it, and prints its value or what it raises. */
  private static final String PROBE =
      """
      import importlib.util, sys
      from airflow.decorators import order, settings, tasks

      spec = importlib.util.spec_from_file_location("airflow_dag", "submit/airflow_dag.py")
      module = importlib.util.module_from_spec(spec)
      spec.loader.exec_module(module)

      class Try:
          try_number = 3

      try:
          value = eval(sys.argv[1], {**vars(module), "order": order, "settings": settings,
                                     "tasks": tasks, "ti": Try()})
          print("VALUE", value)
      except Exception as e:
          print("RAISED", type(e).__name__, e)
      """;

  private final Path modules;

  private AirflowDag(Path modules) {
    this.modules = modules;
  }

  /** Writes the modules into a folder. */
  static AirflowDag in(Path folder) throws IOException {
    Path modules = folder.resolve("python");
    Path airflow = Files.createDirectories(modules.resolve("airflow"));
    Files.createFile(airflow.resolve("__init__.py"));
    Files.writeString(airflow.resolve("exceptions.py"), EXCEPTIONS);
    Files.writeString(airflow.resolve("decorators.py"), DECORATORS);
    Files.writeString(modules.resolve("probe.py"), PROBE);
    return new AirflowDag(modules);
  }

  /** Whether this machine has a Python. */
  static boolean isPossible() throws InterruptedException {
    try {
      return Script.run(Map.of(), List.of("python3", "--version")).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The value of an expression, after {@code VALUE}, or what was raised, after {@code RAISED}. */
  String evaluate(String expression, Map<String, String> environment) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.add(modules.resolve("probe.py").toString());
    command.add(expression);
    return Script.run(environment, command).output();
  }
}
