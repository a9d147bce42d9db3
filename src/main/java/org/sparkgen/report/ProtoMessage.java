package org.sparkgen.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of protocol buffers: each field its number and kind, and then its
 * value. As much of it as event files need, so that no version of a library has to be agreed on
 * with Spark's.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int DELIMITED = 2;
  private static final int FOUR_BYTES = 5;
  private static final int KIND_BITS = 3;
  private static final int GROUP_BITS = 7;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /** An integer or enum field. */
  ProtoMessage number(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtoMessage doublePrecision(int field, double value) {
    tag(field, EIGHT_BYTES);
    content.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
    return this;
  }

  ProtoMessage singlePrecision(int field, float value) {
    tag(field, FOUR_BYTES);
    content.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  ProtoMessage bytes(int field, byte[] value) {
    tag(field, DELIMITED);
    varint(value.length);
    content.writeBytes(value);
    return this;
  }

  ProtoMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return bytes(field, value.bytes());
  }

  byte[] bytes() {
    return content.toByteArray();
  }

  private void tag(int field, int kind) {
    varint((long) field << KIND_BITS | kind);
  }

  /** Seven bits a byte, the lowest first. */
  private void varint(long value) {
    long rest = value;
    while ((rest & -MORE) != 0) {
      content.write((int) (rest & MORE - 1) | MORE);
      rest >>>= GROUP_BITS;
    }
    content.write((int) rest);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
