package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Java process of the Spark that the build assembles. What it prints goes to {@code
 * target/children/NAME.log} and is part of every failure message.
 */
public final class ChildJvm {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final String TEST_CLASSES = Path.of("target", "test-classes").toString();
  private static final List<String> MOUNTING = List.of("unshare", "-rm", "sh", "-c");
  private static final Path LOGS = Path.of("target", "children");
  private static final String SPARK_HOME = property("sparkgen.spark.home");

  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a class of Spark with a small heap. */
  static ChildJvm start(String name, String mainClass, List<String> arguments) {
    return start(name, Map.of(), List.of(), List.of(), mainClass, arguments);
  }

  /** Starts a class of the tests, which finds Spark and the application jar. */
  public static ChildJvm withApplication(String name, String mainClass, List<String> arguments) {
    List<String> classes = List.of(property("sparkgen.jar"), TEST_CLASSES);
    return start(name, Map.of(), List.of(), classes, mainClass, arguments);
  }

  /** As {@link #withApplication}, with another heap than the small one. */
  public static ChildJvm withHeap(String heap, String name, String mainClass) {
    List<String> classes = List.of(property("sparkgen.jar"), TEST_CLASSES);
    List<String> options = List.of("-Xmx" + heap, "-XX:+UseSerialGC");
    return start(name, Map.of(), options, classes, mainClass, List.of());
  }

  /** As {@link #withApplication}, for work of a few seconds: the quick compiler only, few words. */
  static ChildJvm shortLived(String name, String mainClass, List<String> arguments) {
    List<String> classes = List.of(property("sparkgen.jar"), TEST_CLASSES);
    List<String> options =
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlog4j2.configurationFile=conf/log4j2.properties");
    return start(name, Map.of(), options, classes, mainClass, arguments);
  }

  /**
   * Submits {@code sparkgen train} as submit/local.sh and submit/standalone.sh do.
   *
   * @param options of spark-submit
   */
  static ChildJvm submitTraining(String name, List<String> options, List<String> arguments) {
    return submitTraining(name, Map.of(), options, arguments);
  }

  /** As {@link #submitTraining(String, List, List)}, with more in its environment. */
  static ChildJvm submitTraining(
      String name, Map<String, String> environment, List<String> options, List<String> arguments) {
    return submitTraining(name, environment, List.of(), options, arguments);
  }

  /** As before, with more on the class path of the submission. */
  static ChildJvm submitTraining(
      String name,
      Map<String, String> environment,
      List<String> classes,
      List<String> options,
      List<String> arguments) {
    return submitTraining(name, List.of(), environment, classes, options, arguments);
  }

  private static ChildJvm submitTraining(
      String name,
      List<String> prefix,
      Map<String, String> environment,
      List<String> classes,
      List<String> options,
      List<String> arguments) {
    List<String> submission = new ArrayList<>(List.of("--deploy-mode", "client"));
    submission.addAll(List.of("--properties-file", "conf/spark-defaults.conf"));
    submission.addAll(List.of("--conf", "spark.ui.enabled=false"));
    submission.addAll(options);
    submission.addAll(List.of("--class", "org.sparkgen.cli.Main", property("sparkgen.jar")));
    submission.add("train");
    submission.addAll(arguments);
    return start(
        name,
        prefix,
        environment,
        List.of("-Dlog4j2.configurationFile=conf/log4j2.properties"),
        classes,
        "org.apache.spark.deploy.SparkSubmit",
        submission);
  }

  /** As {@link #submitTraining(String, List, List)}; the driver finds the test classes. */
  static ChildJvm submitTrainingWithTestClasses(
      String name, List<String> options, List<String> arguments) {
    return submitTraining(name, Map.of(), List.of(testClasses()), options, arguments);
  }

  /**
   * As {@link #submitTrainingWithTestClasses}, in a process that sees an empty disk of the given
   * size in place of a folder. Needs Linux that lets users mount in a name space of their own.
   */
  static ChildJvm submitTrainingWithDisk(
      Path folder, long bytes, String name, List<String> options, List<String> arguments) {
    List<String> prefix = new ArrayList<>(MOUNTING);
    prefix.add("mount -t tmpfs -o size=%d tmpfs '%s' && exec \"$@\"".formatted(bytes, folder));
    prefix.add("sh");
    return submitTraining(name, prefix, Map.of(), List.of(testClasses()), options, arguments);
  }

  /** Whether {@link #submitTrainingWithDisk} is possible here. */
  static boolean canMount() {
    try {
      List<String> command = new ArrayList<>(MOUNTING);
      command.add("mount -t tmpfs tmpfs /tmp");
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Options of spark-submit that set {@code PREFIX + KEY} for each {@code KEY=VALUE}. */
  static List<String> settings(String prefix, String... keysAndValues) {
    return Stream.of(keysAndValues).flatMap(one -> Stream.of("--conf", prefix + one)).toList();
  }

  /** The folder of the Spark that the build assembles. */
  static String sparkHome() {
    return Path.of(SPARK_HOME).toAbsolutePath().toString();
  }

  /** The folder of the test classes. */
  static String testClasses() {
    return Path.of(TEST_CLASSES).toAbsolutePath().toString();
  }

  private static ChildJvm start(
      String name,
      Map<String, String> environment,
      List<String> javaOptions,
      List<String> classes,
      String mainClass,
      List<String> arguments) {
    return start(name, List.of(), environment, javaOptions, classes, mainClass, arguments);
  }

  private static ChildJvm start(
      String name,
      List<String> prefix,
      Map<String, String> environment,
      List<String> javaOptions,
      List<String> classes,
      String mainClass,
      List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
    command.addAll(javaOptions);
    List<String> classPath = new ArrayList<>(classes);
    classPath.add(Path.of(SPARK_HOME, "jars", "*").toString());
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), mainClass));
    command.addAll(arguments);
    Path log = LOGS.resolve(name + ".log");
    try {
      Files.createDirectories(LOGS);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("SPARK_HOME", SPARK_HOME);
      builder.environment().put("SPARK_SCALA_VERSION", "2.12");
      builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
      builder.environment().put("OMP_NUM_THREADS", "1");
      builder.environment().putAll(environment);
      return new ChildJvm(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null || !Files.exists(Path.of(value))) {
      throw new IllegalStateException(
          "%s = %s: failsafe sets it, and mvn package makes what it names".formatted(name, value));
    }
    return value;
  }

  /** Waits until a condition holds; fails if the process ends before. */
  void awaitAlive(String what, BooleanSupplier condition) {
    await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> condition.getAsBoolean() || !process.isAlive());
    assertThat(condition.getAsBoolean()).as("%s, of\n%s", what, output()).isTrue();
  }

  /** Waits until it prints a match; returns its first group. */
  String awaitOutput(String regex) {
    Pattern pattern = Pattern.compile(regex);
    awaitAlive("output of " + regex, () -> pattern.matcher(output()).find());
    Matcher matcher = pattern.matcher(output());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  /** Waits for its end and returns the exit code. */
  public int exitCode() {
    try {
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("it does not end:\n%s", output()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      kill();
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL; nothing if it has ended. */
  void kill() {
    process.destroyForcibly();
  }

  /** All that it has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last line that it has printed. */
  String lastLine() {
    List<String> lines = output().lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}
