package org.sparkgen.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.sparkgen.data.Cifar10Reader;
import org.sparkgen.data.CsvReader;
import org.sparkgen.data.IdxReader;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.ImageDecoder;
import org.sparkgen.data.LabelledNames;
import org.sparkgen.data.NumericRows;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;
import org.sparkgen.data.UnreadableExampleException;
import org.sparkgen.storage.Storage;

/** One reader per format. */
final class ExampleReaders {
  /** Arrays of Java end a little before 2 GiB. */
  private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 8L;

  private ExampleReaders() {}

  /**
   * IDX image files, of which there is one only if there is a label file.
   *
   * @param labelUri the label file's full address, which means the same on every executor
   */
  static ExampleReader idx(ImageConversion conversion, Optional<String> labelUri) {
    String labels = labelUri.orElse(null);
    return (storage, file) -> {
      byte[] labelFile = labels == null ? null : storage.readBytes(labels);
      IdxReader reader = new IdxReader(file.uri(), Optional.ofNullable(labels), conversion);
      return container(
          file, storage, images -> reader.read(images, Optional.ofNullable(labelFile)));
    };
  }

  /** CIFAR-10's binary batches. */
  static ExampleReader cifar10(ImageConversion conversion) {
    return (storage, file) ->
        container(file, storage, new Cifar10Reader(file.uri(), conversion)::read);
  }

  /** PNG, JPEG, GIF and BMP files, one image each; its class is the name of its folder. */
  static ExampleReader pictures(ImageConversion conversion, LabelledNames classes) {
    return (storage, file) -> one(picture(storage, file, conversion, classes));
  }

  /** CSV files with numeric rows; without a first column, all columns count. */
  static ExampleReader csv(
      NumericRows rows, Optional<String> firstColumn, Optional<String> labelColumn) {
    String first = firstColumn.orElse(null);
    String label = labelColumn.orElse(null);
    return (storage, file) -> {
      InputStream content = storage.read(file.uri());
      TaskCompletionListener closing = task -> close(content);
      TaskContext.get().addTaskCompletionListener(closing);
      return new CsvReader(file.uri(), rows, Optional.ofNullable(first), Optional.ofNullable(label))
          .read(content);
    };
  }

  private static Outcome picture(
      Storage storage, ExampleFile file, ImageConversion conversion, LabelledNames classes) {
    if (file.length() > MAX_FILE_BYTES) {
      return Outcome.rejected(Reject.one(file.uri(), 0, tooLong(file)));
    }
    byte[] bytes = storage.readBytes(file.uri());
    try {
      byte[] pixels = ImageDecoder.decode(bytes, conversion);
      return Outcome.image(0, classes.number(file.folder()), pixels);
    } catch (UnreadableExampleException e) {
      return Outcome.rejected(Reject.one(file.uri(), 0, e.getMessage()));
    }
  }

  private static void close(InputStream content) {
    try {
      content.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<Outcome> one(Outcome outcome) {
    return Collections.singleton(outcome).iterator();
  }

  private static String tooLong(ExampleFile file) {
    return "it has %,d bytes; at most %,d are read".formatted(file.length(), MAX_FILE_BYTES);
  }

  private static Iterator<Outcome> container(
      ExampleFile file, Storage storage, ContainerReader reader) {
    if (file.length() > MAX_FILE_BYTES) {
      String reason = tooLong(file) + "; split it into several files";
      return one(Outcome.rejected(Reject.wholeFile(file.uri(), reason)));
    }
    return reader.read(storage.readBytes(file.uri()));
  }

  /** Reads the bytes of a whole file. */
  private interface ContainerReader {
    Iterator<Outcome> read(byte[] file);
  }
}
