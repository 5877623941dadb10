package io.lipc.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one protobuf message, field by field. */
final class Proto {

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Proto write(Write write) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      write.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Proto integer(int field, long value) {
    return write(out -> out.writeInt64(field, value));
  }

  Proto single(int field, float value) {
    return write(out -> out.writeFloat(field, value));
  }

  Proto real(int field, double value) {
    return write(out -> out.writeDouble(field, value));
  }

  Proto text(int field, String value) {
    return write(out -> out.writeString(field, value));
  }

  Proto bytes(int field, byte[] value) {
    return write(out -> out.writeByteArray(field, value));
  }

  Proto message(int field, Proto value) {
    return bytes(field, value.toByteArray());
  }

  /** Packed numbers. */
  Proto packedFloats(int field, double... values) {
    return packed(field, values, (out, value) -> out.writeFloatNoTag((float) value));
  }

  Proto packedDoubles(int field, double... values) {
    return packed(field, values, CodedOutputStream::writeDoubleNoTag);
  }

  Proto packedIntegers(int field, double... values) {
    return packed(field, values, (out, value) -> out.writeInt64NoTag((long) value));
  }

  private interface Element {
    void write(CodedOutputStream out, double value) throws IOException;
  }

  private Proto packed(int field, double[] values, Element element) {
    Proto content = new Proto();
    for (double value : values) {
      content.write(out -> element.write(out, value));
    }
    return bytes(field, content.toByteArray());
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
