package org.sparkgen.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a run ran on.
 *
 * @param facts name to value, in the order in which they are shown
 */
public record Versions(Map<String, String> facts) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final List<String> CPU_FEATURES =
      List.of("avx2", "fma", "avx512f", "avx512_vnni", "amx_tile", "asimd", "sve");

  /** Copies the map and keeps its order. */
  public Versions {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * The facts of this process (program, Java, system, processor, threads, heap), followed by those
   * that only the caller can know.
   *
   * @param others name to value, such as the versions of Spark and of the ND4J backend
   */
  public static Versions collect(Map<String, String> others) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("sparkgen", program());
    facts.put("java", property("java.version") + " (" + property("java.vendor") + ")");
    facts.put("system", system());
    facts.put("cpu", cpu(readCpuInfo()));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("heap", Format.bytes(Runtime.getRuntime().maxMemory()));
    facts.put(
        "OMP_NUM_THREADS", Optional.ofNullable(System.getenv("OMP_NUM_THREADS")).orElse("not set"));
    facts.putAll(others);
    return new Versions(facts);
  }

  /** Model name and vector units from the text of Linux's {@code /proc/cpuinfo}. */
  static String cpu(List<String> lines) {
    String model = value(lines, "model name").orElse(property("os.arch"));
    String flags = value(lines, "flags").or(() -> value(lines, "Features")).orElse("");
    TreeSet<String> present = new TreeSet<>(Arrays.asList(flags.split(" ")));
    List<String> features = new ArrayList<>(CPU_FEATURES);
    features.retainAll(present);
    return features.isEmpty() ? model : model + " (" + String.join(", ", features) + ")";
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static List<String> readCpuInfo() {
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines.toList();
    } catch (IOException e) {
      return List.of(); // Not Linux: the architecture has to do.
    }
  }

  private static String system() {
    return property("os.name") + " " + property("os.version") + " on " + property("os.arch");
  }

  /** The version of this program that its jar states. */
  public static String program() {
    return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
        .orElse("development build");
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
