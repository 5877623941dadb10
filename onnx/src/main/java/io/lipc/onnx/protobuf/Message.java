package io.lipc.onnx.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One protobuf message: its fields in the order of the file, and those that are nested still as
 * bytes, which are views of the file. So depth is the reader's own, and a length that a file states
 * is never allocated.
 *
 * <p>Of a field that may stand once, the last one counts, as protobuf rules; a nested message that
 * stands twice, which protobuf would merge, is refused, and so is a field that {@link Schema} does
 * not list.
 */
public final class Message {

  private final String what;
  private final Budget budget;
  private final List<Field> fields = new ArrayList<>();

  private Message(String what, Budget budget) {
    this.what = what;
    this.budget = budget;
  }

  private sealed interface Field {
    int number();

    /** A number: its 64 or 32 bits. */
    record Bits(int number, int wireType, long bits) implements Field {}

    record Bytes(int number, ByteString bytes) implements Field {}
  }

  /** Reads one value after the other of a packed field. */
  private interface Element {
    double read(CodedInputStream input) throws IOException;
  }

  /**
   * The message that a file is.
   *
   * @param file its bytes, which nobody changes
   * @param what it is called in messages
   * @throws OnnxException if it is none, or has fields that the schema does not read
   */
  public static Message ofFile(byte[] file, Schema schema, String what, Budget budget)
      throws OnnxException {
    return parse(UnsafeByteOperations.unsafeWrap(file), schema, what, budget);
  }

  /**
   * The message in {@code bytes}.
   *
   * @param what it is called in messages
   * @throws OnnxException if it is none, or has fields that the schema does not read
   */
  private static Message parse(ByteString bytes, Schema schema, String what, Budget budget)
      throws OnnxException {
    Message message = new Message(what, budget);
    try {
      CodedInputStream input = bytes.newCodedInput();
      input.enableAliasing(true);
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        budget.field();
        Field field = message.field(tag, input);
        String refusal = schema.refusal(field.number());
        if (!refusal.isEmpty()) {
          throw message.fault(refusal);
        }
        message.fields.add(field);
      }
    } catch (IOException e) {
      throw message.broken(e);
    }
    return message;
  }

  private Field field(int tag, CodedInputStream input) throws IOException, OnnxException {
    int number = WireFormat.getTagFieldNumber(tag);
    int wireType = WireFormat.getTagWireType(tag);
    return switch (wireType) {
      case WireFormat.WIRETYPE_VARINT -> new Field.Bits(number, wireType, input.readRawVarint64());
      case WireFormat.WIRETYPE_FIXED64 ->
          new Field.Bits(number, wireType, input.readRawLittleEndian64());
      case WireFormat.WIRETYPE_FIXED32 ->
          new Field.Bits(number, wireType, input.readRawLittleEndian32());
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> new Field.Bytes(number, input.readBytes());
      // ONNX has no groups, and skipping them would be recursive.
      default -> throw fault("has field " + number + " of wire type " + wireType);
    };
  }

  /** Bytes that are not protobuf; the library's own words say how. */
  private OnnxException broken(IOException e) {
    String how = e instanceof InvalidProtocolBufferException ? String.valueOf(e.getMessage()) : "";
    return fault("is not a protobuf message: " + how.lines().findFirst().orElse("it breaks off"));
  }

  private OnnxException fault(String clause) {
    return new OnnxException(what + " " + clause);
  }

  private OnnxException wrongType(Field field) {
    return fault("has field " + field.number() + " with a value of another type");
  }

  /** Whether a field is there. */
  public boolean has(int number) {
    return fields.stream().anyMatch(field -> field.number() == number);
  }

  private List<ByteString> bytes(int number) throws OnnxException {
    List<ByteString> found = new ArrayList<>();
    for (Field field : fields) {
      if (field.number() == number) {
        if (!(field instanceof Field.Bytes bytes)) {
          throw wrongType(field);
        }
        found.add(bytes.bytes());
      }
    }
    return found;
  }

  /** The bytes of a field that the message has. */
  public ByteBuffer raw(int number) throws OnnxException {
    return bytes(number).getLast().asReadOnlyByteBuffer();
  }

  public List<Message> messages(int number, Schema schema, String name) throws OnnxException {
    List<Message> messages = new ArrayList<>();
    for (ByteString bytes : bytes(number)) {
      messages.add(parse(bytes, schema, name, budget));
    }
    return messages;
  }

  /** A nested message, if it is there. */
  public Optional<Message> message(int number, Schema schema, String name) throws OnnxException {
    List<Message> messages = messages(number, schema, name);
    if (messages.size() > 1) {
      throw fault("has " + messages.size() + " times " + name);
    }
    return messages.stream().findFirst();
  }

  public List<String> texts(int number) throws OnnxException {
    List<String> texts = new ArrayList<>();
    for (ByteString bytes : bytes(number)) {
      if (!bytes.isValidUtf8()) {
        throw fault("has a name that is not UTF-8");
      }
      texts.add(bytes.toStringUtf8());
    }
    return texts;
  }

  /** A text; empty where there is none. */
  public String text(int number) throws OnnxException {
    List<String> texts = texts(number);
    return texts.isEmpty() ? "" : texts.getLast();
  }

  /** An integer that stands alone. */
  public OptionalLong integer(int number) throws OnnxException {
    OptionalLong found = OptionalLong.empty();
    for (Field field : fields) {
      if (field.number() == number) {
        found = OptionalLong.of(bits(field, WireFormat.WIRETYPE_VARINT));
      }
    }
    return found;
  }

  /** A float that stands alone; 0 where there is none, which is protobuf's default. */
  public float single(int number) throws OnnxException {
    float found = 0;
    for (Field field : fields) {
      if (field.number() == number) {
        found = Float.intBitsToFloat((int) bits(field, WireFormat.WIRETYPE_FIXED32));
      }
    }
    return found;
  }

  private long bits(Field field, int wireType) throws OnnxException {
    if (field instanceof Field.Bits bits && bits.wireType() == wireType) {
      return bits.bits();
    }
    throw wrongType(field);
  }

  /** Integers, packed or one by one; those beyond 2^53 are rounded. */
  public double[] integers(int number) throws OnnxException {
    return numbers(number, WireFormat.WIRETYPE_VARINT, CodedInputStream::readInt64);
  }

  /** The numbers of a repeated field of floats. */
  public double[] floats(int number) throws OnnxException {
    return numbers(number, WireFormat.WIRETYPE_FIXED32, CodedInputStream::readFloat);
  }

  /** The numbers of a repeated field of doubles. */
  public double[] doubles(int number) throws OnnxException {
    return numbers(number, WireFormat.WIRETYPE_FIXED64, CodedInputStream::readDouble);
  }

  private double[] numbers(int number, int wireType, Element element) throws OnnxException {
    Numbers numbers = new Numbers();
    for (Field field : fields) {
      if (field.number() == number) {
        switch (field) {
          case Field.Bits bits -> numbers.add(number(bits, wireType));
          case Field.Bytes bytes -> unpack(bytes.bytes(), element, numbers);
        }
      }
    }
    return numbers.all();
  }

  private double number(Field.Bits field, int wireType) throws OnnxException {
    budget.numbers(1);
    long bits = bits(field, wireType);
    return switch (wireType) {
      case WireFormat.WIRETYPE_FIXED32 -> Float.intBitsToFloat((int) bits);
      case WireFormat.WIRETYPE_FIXED64 -> Double.longBitsToDouble(bits);
      default -> bits;
    };
  }

  private void unpack(ByteString bytes, Element element, Numbers numbers) throws OnnxException {
    try {
      CodedInputStream input = bytes.newCodedInput();
      while (!input.isAtEnd()) {
        budget.numbers(1);
        numbers.add(element.read(input));
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }
}
