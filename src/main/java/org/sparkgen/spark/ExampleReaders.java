package org.sparkgen.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.sparkgen.data.Cifar10Reader;
import org.sparkgen.data.IdxReader;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;
import org.sparkgen.storage.Storage;

/** One reader per format. */
final class ExampleReaders {
  /** Arrays of Java end a little before 2 GiB. */
  private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 8L;

  private ExampleReaders() {}

  /** IDX image files, of which there is one only if there is a label file. */
  static ExampleReader idx(ImageConversion conversion, Optional<String> labelPath) {
    String labels = labelPath.orElse(null);
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

  private static Iterator<Outcome> container(
      ExampleFile file, Storage storage, ContainerReader reader) {
    if (file.length() > MAX_FILE_BYTES) {
      String reason =
          "it has %,d bytes; at most %,d are read. Split it into several files."
              .formatted(file.length(), MAX_FILE_BYTES);
      return Collections.singleton(Outcome.rejected(Reject.wholeFile(file.uri(), reason)))
          .iterator();
    }
    return reader.read(storage.readBytes(file.uri()));
  }

  /** Reads the bytes of a whole file. */
  private interface ContainerReader {
    Iterator<Outcome> read(byte[] file);
  }
}
