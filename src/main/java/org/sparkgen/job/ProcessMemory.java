package org.sparkgen.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What memory this process takes. Arrays of ND4J are counted neither by the Java heap nor by
 * JavaCPP, which knows its own pointers only; so the kernel is asked, where it is Linux.
 */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  /** Written to {@link #RESET}, sets the peak of the resident memory back. */
  private static final String PEAK = "5";

  private static final long KILO = 1024;

  /** Java heaps of less than 32 GiB lie below this address, and nothing else does. */
  private static final long HEAP_END = 1L << 35;

  private static final int HEXADECIMAL = 16;

  private ProcessMemory() {}

  /** Begins to look for peaks anew. */
  static void resetPeaks() {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    try {
      if (Files.isWritable(RESET)) {
        Files.writeString(RESET, PEAK);
      }
    } catch (IOException e) {
      // Not allowed here; then the peak is that of the whole process.
    }
  }

  /** The most that each part of the Java heap has held, added up; garbage counts. */
  static long peakHeapBytes() {
    return heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  /** The most memory that was resident, of any kind. */
  static OptionalLong peakResidentBytes() {
    return lines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(ProcessMemory::bytes)
        .findFirst();
  }

  /**
   * Resident memory that is neither Java heap nor part of a file: arrays, workspaces, buffers of
   * native libraries, and what the Java machine needs for itself.
   */
  static OptionalLong nativeBytes() {
    List<String> lines = lines(MAPPINGS);
    boolean heap = false;
    long sum = 0;
    for (String line : lines) {
      if (Character.isUpperCase(line.charAt(0))) {
        sum += !heap && line.startsWith("Anonymous:") ? bytes(line) : 0;
      } else {
        heap = Long.parseUnsignedLong(line, 0, line.indexOf('-'), HEXADECIMAL) < HEAP_END;
      }
    }
    return lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  /** The number of a line such as {@code VmHWM: 505512 kB}. */
  private static long bytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", "")) * KILO;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
