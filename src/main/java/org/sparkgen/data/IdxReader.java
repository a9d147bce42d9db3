package org.sparkgen.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/** Reads IDX image files, MNIST's format, plain or gzip, with or without a label file. */
public final class IdxReader {
  private final String path;
  private final String labelPath;
  private final ImageConversion conversion;

  /**
   * A reader of one file.
   *
   * @param path the image file's name for messages
   * @param labelPath the label file's name for messages, if there is one
   * @param conversion what every image is converted by
   */
  public IdxReader(String path, Optional<String> labelPath, ImageConversion conversion) {
    this.path = path;
    this.labelPath = labelPath.orElse(null);
    this.conversion = conversion;
  }

  /**
   * The images one by one. A file that is no IDX file of the right kind, and label and image files
   * of different counts, give a single reject of the whole file; a short file gives its complete
   * images and one reject for the rest; bytes after the last image or label give one reject more.
   *
   * @param images content of the image file
   * @param labels content of the label file, if a label path was given
   */
  public Iterator<Outcome> read(byte[] images, Optional<byte[]> labels) {
    DataInputStream content;
    IdxHeader header;
    try {
      content = new DataInputStream(Gzip.open(images));
      header = IdxHeader.ofImages(content);
    } catch (UnreadableExampleException e) {
      return wholeFile(path, e.getMessage());
    } catch (IOException e) {
      return wholeFile(path, "can't be inflated: " + e.getMessage());
    }
    if (labels.isEmpty()) {
      return new Images(content, header, null);
    }
    try {
      return new Images(content, header, labelsFor(header, labels.orElseThrow()));
    } catch (UnreadableExampleException e) {
      return wholeFile(labelPath, e.getMessage());
    }
  }

  /**
   * The labels, of which no more are read than there are images: they may be inflated from little.
   */
  private InputStream labelsFor(IdxHeader images, byte[] file) throws UnreadableExampleException {
    try {
      DataInputStream content = new DataInputStream(Gzip.open(file));
      IdxHeader header = IdxHeader.ofLabels(content);
      if (header.count() != images.count()) {
        throw new UnreadableExampleException(
            "its header promises %,d labels, but %s promises %,d images"
                .formatted(header.count(), path, images.count()));
      }
      return content;
    } catch (IOException e) {
      throw new UnreadableExampleException("can't be inflated: " + e.getMessage(), e);
    }
  }

  private static Iterator<Outcome> wholeFile(String file, String reason) {
    return Collections.singleton(Outcome.rejected(Reject.wholeFile(file, reason))).iterator();
  }

  private final class Images extends RecordReader {
    private final IdxHeader header;
    private final InputStream labels;

    Images(DataInputStream content, IdxHeader header, InputStream labels) {
      super(path, content, header.height() * header.width(), header.count());
      this.header = header;
      this.labels = labels;
    }

    @Override
    Outcome decode(long index, byte[] record) {
      try {
        int label = labels == null ? ExampleBlock.NO_LABEL : nextLabel();
        byte[] pixels = conversion.ofPlanes(record, 1, header.height(), header.width());
        return Outcome.image(index, label, pixels);
      } catch (UnreadableExampleException e) {
        return Outcome.rejected(Reject.one(path, index, e.getMessage()));
      }
    }

    @Override
    Optional<String> flawAtTheEnd() {
      try {
        return labels == null || labels.read() < 0
            ? Optional.empty()
            : Optional.of("%s has bytes after its last label".formatted(labelPath));
      } catch (IOException e) {
        // The checksum comes last: any of the labels may be wrong.
        return Optional.of("%s can't be inflated: %s".formatted(labelPath, e.getMessage()));
      }
    }

    private int nextLabel() throws UnreadableExampleException {
      int label;
      try {
        label = labels.read();
      } catch (IOException e) {
        throw new UnreadableExampleException(
            "%s can't be inflated up to the label of this image: %s"
                .formatted(labelPath, e.getMessage()),
            e);
      }
      if (label < 0) {
        throw new UnreadableExampleException(
            "%s ends before the label of this image".formatted(labelPath));
      }
      return label;
    }
  }
}
