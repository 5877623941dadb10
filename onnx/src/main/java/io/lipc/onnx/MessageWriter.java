package io.lipc.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes one protobuf message, field by field, in the order of the calls. */
final class MessageWriter {

  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private MessageWriter write(Write write) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      write.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory is not written to", e);
    }
    return this;
  }

  MessageWriter integer(int field, long value) {
    return write(out -> out.writeInt64(field, value));
  }

  MessageWriter single(int field, float value) {
    return write(out -> out.writeFloat(field, value));
  }

  MessageWriter text(int field, String value) {
    return write(out -> out.writeString(field, value));
  }

  MessageWriter texts(int field, List<String> values) {
    values.forEach(value -> text(field, value));
    return this;
  }

  MessageWriter bytes(int field, byte[] value) {
    return write(out -> out.writeByteArray(field, value));
  }

  MessageWriter message(int field, MessageWriter value) {
    return bytes(field, value.toByteArray());
  }

  MessageWriter integers(int field, List<Long> values) {
    values.forEach(value -> integer(field, value));
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
