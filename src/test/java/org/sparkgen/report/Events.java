package org.sparkgen.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.proto.framework.Summary;
import org.tensorflow.proto.util.Event;

/** Event files as TensorFlow's own classes read them, checksums compared. */
public final class Events {
  private Events() {}

  /** A value of a summary, and its step. */
  public record Point(String tag, long step, Summary.Value value) {}

  /** The events of a file. */
  public static List<Event> of(byte[] file) {
    TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(file), true);
    List<Event> events = new ArrayList<>();
    try {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        events.add(Event.parseFrom(record));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  /** The events of all files of an output, one file after the other as viewers take them. */
  public static List<Event> in(Storage storage, String output) {
    return storage.list(Storage.resolve(output, "events")).stream()
        .map(StorageEntry::uri)
        .sorted()
        .flatMap(uri -> of(storage.readBytes(uri)).stream())
        .toList();
  }

  /** What the events hold, in their order. */
  public static List<Point> points(List<Event> events) {
    List<Point> points = new ArrayList<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        points.add(new Point(value.getTag(), event.getStep(), value));
      }
    }
    return points;
  }
}
