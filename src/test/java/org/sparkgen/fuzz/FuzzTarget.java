package org.sparkgen.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that reads bytes of strangers.
 *
 * @param name for reports
 * @param seeds inputs to begin with, good and bad ones
 * @param repair makes checksums right again, so that damage gets behind them
 * @param decoder what reads
 */
public record FuzzTarget(
    String name, List<byte[]> seeds, UnaryOperator<byte[]> repair, Decoder decoder) {

  /** A target without checksums. */
  public static FuzzTarget of(String name, List<byte[]> seeds, Decoder decoder) {
    return new FuzzTarget(name, seeds, UnaryOperator.identity(), decoder);
  }

  /** What became of an input. */
  public enum Verdict {
    /** It was read. */
    READ,
    /** It was refused by the exception, or the reject, that the decoder declares. */
    REFUSED
  }

  /** Reads an input; whatever it throws is a finding. */
  public interface Decoder {
    /** What becomes of the input. */
    Verdict read(byte[] input) throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }
}
