package io.lipc.onnx.protobuf;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes one protobuf message, field by field, in the order of the calls. */
public final class MessageWriter {

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

  /** Writes an integer. */
  public MessageWriter integer(int field, long value) {
    return write(out -> out.writeInt64(field, value));
  }

  /** Writes a float. */
  public MessageWriter single(int field, float value) {
    return write(out -> out.writeFloat(field, value));
  }

  /** Writes a text. */
  public MessageWriter text(int field, String value) {
    return write(out -> out.writeString(field, value));
  }

  /** Writes a text for each value. */
  public MessageWriter texts(int field, List<String> values) {
    values.forEach(value -> text(field, value));
    return this;
  }

  /** Writes bytes. */
  public MessageWriter bytes(int field, byte[] value) {
    return write(out -> out.writeByteArray(field, value));
  }

  /** Writes a nested message. */
  public MessageWriter message(int field, MessageWriter value) {
    return bytes(field, value.toByteArray());
  }

  /** Writes a packed list of integers. */
  public MessageWriter integers(int field, List<Long> values) {
    values.forEach(value -> integer(field, value));
    return this;
  }

  /** All that was written. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
