package org.sparkgen.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The bytes of a TensorBoard event file.
 *
 * <p>The file is a sequence of TFRecords: the length as eight bytes, its checksum, the content, its
 * checksum, all little endian; a checksum is a CRC-32C, rotated right by 15 bits and added to a
 * constant. Each content is an {@code Event} of TensorFlow's {@code event.proto}; the first tells
 * the version. Scalars and pictures are {@code Summary} values of {@code summary.proto}, of the
 * kinds that every version of TensorBoard reads.
 */
public final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int SESSION_START = 1;
  private static final double MILLIS = 1e3;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /** A file that begins at a time. */
  public EventFile(Instant at) {
    write(event(at).text(3, VERSION));
  }

  /**
   * Says that what a viewer has seen of this step and of later ones doesn't count: the run went on
   * from before.
   */
  public EventFile restart(long step, Instant at) {
    ProtoMessage log = new ProtoMessage().number(1, SESSION_START);
    write(event(at).number(2, step).message(7, log));
    return this;
  }

  /** A point on each of several curves, as numbers of single precision. */
  public EventFile scalars(long step, Instant at, Map<String, Double> values) {
    ProtoMessage summary = new ProtoMessage();
    values.forEach(
        (name, value) ->
            summary.message(
                1, new ProtoMessage().text(1, name).singlePrecision(2, value.floatValue())));
    write(event(at).number(2, step).message(5, summary));
    return this;
  }

  /** A picture under a name. */
  public EventFile picture(long step, Instant at, String name, Png picture) {
    ProtoMessage image =
        new ProtoMessage()
            .number(1, picture.height())
            .number(2, picture.width())
            .number(3, picture.channels())
            .bytes(4, picture.bytes());
    ProtoMessage value = new ProtoMessage().text(1, name).message(4, image);
    write(event(at).number(2, step).message(5, new ProtoMessage().message(1, value)));
    return this;
  }

  /** All so far. */
  public byte[] bytes() {
    return records.toByteArray();
  }

  private static ProtoMessage event(Instant at) {
    return new ProtoMessage().doublePrecision(1, at.toEpochMilli() / MILLIS);
  }

  private void write(ProtoMessage event) {
    byte[] content = event.bytes();
    byte[] length = littleEndian(Long.BYTES).putLong(content.length).array();
    records.writeBytes(length);
    records.writeBytes(checksum(length));
    records.writeBytes(content);
    records.writeBytes(checksum(content));
  }

  private static byte[] checksum(byte[] of) {
    CRC32C crc = new CRC32C();
    crc.update(of);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    return littleEndian(Integer.BYTES).putInt(masked).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
