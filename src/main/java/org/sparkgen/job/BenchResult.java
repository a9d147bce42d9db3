package org.sparkgen.job;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.sparkgen.report.Median;

/**
 * What a workload came to. Medians are over the rounds after the first, which warms up; or of the
 * only one.
 *
 * @param workload what was trained
 * @param master Spark's master
 * @param cores tasks that could run at once
 * @param shards K, the number of shards
 * @param rounds all rounds, in order
 * @param secondsToFirstStep from the start of the Java machine to the first training step
 * @param peakHeapBytes the most that the parts of the Java heap held, added up
 * @param peakResidentBytes the most memory that was resident, where known
 */
public record BenchResult(
    Workload workload,
    String master,
    int cores,
    int shards,
    List<BenchRound> rounds,
    double secondsToFirstStep,
    long peakHeapBytes,
    OptionalLong peakResidentBytes) {
  /** Copies the list. */
  public BenchResult {
    rounds = List.copyOf(rounds);
  }

  /** The median of a measure of rounds. */
  public double median(ToDoubleFunction<BenchRound> measure) {
    return Median.of(counted().stream().mapToDouble(measure).toArray());
  }

  /** The medians of named measures; a round that lacks one has 0. */
  public Map<String, Double> medians(Function<BenchRound, Map<String, Double>> measures) {
    TreeSet<String> names = new TreeSet<>();
    counted().forEach(round -> names.addAll(measures.apply(round).keySet()));
    Map<String, Double> medians = new TreeMap<>();
    names.forEach(
        name -> medians.put(name, median(r -> measures.apply(r).getOrDefault(name, 0.0))));
    return medians;
  }

  private List<BenchRound> counted() {
    return rounds.size() == 1 ? rounds : rounds.subList(1, rounds.size());
  }

  /**
   * Native memory when a round had ended.
   *
   * @param number of the round, from 1
   * @return empty if there was no such round, or it is not known
   */
  public OptionalLong nativeBytesAfter(int number) {
    return number > rounds.size() ? OptionalLong.empty() : rounds.get(number - 1).nativeBytes();
  }

  /** The most native memory that there was at the end of a round. */
  public OptionalLong peakNativeBytes() {
    return rounds.stream().map(BenchRound::nativeBytes).flatMapToLong(OptionalLong::stream).max();
  }
}
