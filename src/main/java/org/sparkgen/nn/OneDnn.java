package org.sparkgen.nn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nchw;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import java.lang.ref.Cleaner;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Intel's oneDNN on the CPU, called through its C interface.
 *
 * <p>ND4J's convolutions are oneDNN's too, but build everything anew for every call, carry even
 * undefined outputs into the blocked layout, and compute errors that nobody asked for.
 */
final class OneDnn {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Optional<dnnl_engine> ENGINE = load();

  private OneDnn() {}

  private static Optional<dnnl_engine> load() {
    try {
      dnnl_engine engine = new dnnl_engine();
      check(dnnl_engine_create(engine, dnnl_cpu, 0), "CPU engine");
      return Optional.of(engine);
    } catch (LinkageError | RuntimeException e) {
      LOG.info("oneDNN can't be loaded ({}); convolutions run as ND4J's operations", e.toString());
      return Optional.empty();
    }
  }

  /** Whether there is a native library for this machine. */
  static boolean available() {
    return ENGINE.isPresent();
  }

  static dnnl_engine engine() {
    return ENGINE.orElseThrow();
  }

  /** A new stream, in which primitives run in the thread that executes them. */
  static dnnl_stream stream() {
    dnnl_stream stream = new dnnl_stream();
    check(dnnl_stream_create(stream, engine(), dnnl_stream_default_flags), "stream");
    return stream;
  }

  /** The layout of ND4J's C order for four dimensions of floats. */
  static dnnl_memory_desc_t plain(long... shape) {
    return layout(shape, dnnl_nchw);
  }

  /** Four dimensions of floats in whatever layout suits a primitive best. */
  static dnnl_memory_desc_t any(long... shape) {
    return layout(shape, dnnl_format_tag_any);
  }

  private static dnnl_memory_desc_t layout(long[] shape, int tag) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    check(dnnl_memory_desc_init_by_tag(layout, shape.length, shape, dnnl_f32, tag), "layout");
    return layout;
  }

  /** Runs an action when an object is no longer reachable; it must not refer to the object. */
  static void whenCollected(Object object, Runnable action) {
    CLEANER.register(object, action);
  }

  /** Throws what oneDNN refused. */
  static void check(int status, String what) {
    if (status != dnnl_success) {
      throw new IllegalStateException("oneDNN refused a %s: status %d".formatted(what, status));
    }
  }
}
