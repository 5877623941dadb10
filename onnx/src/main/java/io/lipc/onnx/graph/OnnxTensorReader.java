package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Decodes a TensorProto: its elements stand in one of several fields, or in another file. */
public final class OnnxTensorReader {

  private static final int RAW = 9;

  /** The field external_data: the place of its numbers in another file. */
  private static final int EXTERNAL = 13;

  /** Whether they are: data_location. */
  private static final int PLACE = 14;

  /** The types of two bytes: float16 and bfloat16. */
  private static final int HALF = 10;

  private static final int BRAIN = 16;

  /** The lists: float_data, int32_data, string_data, int64_data, double_data, uint64_data. */
  private static final int[] NUMBERS = {4, 5, 6, 7, 10, 11};

  private final String what;
  private final Message tensor;
  private final ExternalData external;
  private final Budget budget;

  private OnnxTensorReader(String what, Message tensor, ExternalData external, Budget budget) {
    this.what = what;
    this.tensor = tensor;
    this.external = external;
    this.budget = budget;
  }

  /** The storage of the elements of a type. */
  private record Format(OnnxConstant.Kind kind, int bytes, int field) {}

  /**
   * The constant in a tensor.
   *
   * @param what it is called in messages
   */
  public static OnnxConstant read(Message tensor, String what, ExternalData external, Budget budget)
      throws OnnxException {
    return new OnnxTensorReader(what, tensor, external, budget).constant();
  }

  private OnnxConstant constant() throws OnnxException {
    if (tensor.has(3)) {
      throw fault(
          Outlook.NOT_PLANNED.with("is stored in segments", "save the model again, without them"));
    }
    long type = tensor.integer(2).orElse(0);
    Format format = format(type);
    List<Integer> shape = shape();
    checkFields(format);
    double[] values;
    if (isExternal()) {
      long bytes = (long) Shapes.size(shape) * format.bytes();
      values = raw(external.of(tensor, what, bytes), format, shape, type);
    } else if (tensor.has(RAW)) {
      values = raw(tensor.raw(RAW), format, shape, type);
    } else {
      values = listed(format, type);
    }
    if (values.length != Shapes.size(shape)) {
      throw fault("has " + values.length + " numbers for shape " + Shapes.words(shape));
    }
    for (int i = 0; i < values.length; i++) {
      budget.look(i);
      if (!Double.isFinite(values[i])) {
        throw fault(
            Outlook.NOT_PLANNED.with(
                "holds %s at index %d".formatted(values[i], i),
                "train and export the model with finite numbers"));
      }
      if (!isOf(type, values[i])) {
        throw fault(
            "has %d at index %d, which is no %s".formatted((long) values[i], i, typeName(type)));
      }
    }
    return new OnnxConstant(format.kind(), shape, values);
  }

  /**
   * Lists have room for larger integers than some types have, and readers cut these differently.
   */
  private static boolean isOf(long type, double value) {
    return switch (Math.clamp(type, 0, 100)) {
      case 6 -> value == (int) value;
      case 9 -> value == 0 || value == 1;
      default -> true;
    };
  }

  private OnnxException fault(String clause) {
    return new OnnxException(what + " " + clause);
  }

  private Format format(long type) throws OnnxException {
    return switch (Math.clamp(type, 0, 100)) {
      case 1 -> new Format(OnnxConstant.Kind.SINGLE, Float.BYTES, 4);
      case 6 -> new Format(OnnxConstant.Kind.INTEGER, Integer.BYTES, 5);
      case 7 -> new Format(OnnxConstant.Kind.INTEGER, Long.BYTES, 7);
      case 9 -> new Format(OnnxConstant.Kind.BOOLEAN, 1, 5);
      case HALF, BRAIN -> new Format(OnnxConstant.Kind.SINGLE, Short.BYTES, 5);
      case 11 -> new Format(OnnxConstant.Kind.DOUBLE, Double.BYTES, 10);
      default ->
          throw fault(
              "is of "
                  + typeName(type)
                  + ", and lipc reads float, double, float16 and bfloat16; reading it is not"
                  + " planned; export the model with one of these");
    };
  }

  /** Whether a type of elements is one of real numbers that lipc reads: all of them are floats. */
  public static boolean isReal(long type) {
    return type == 1 || type == HALF || type == 11 || type == BRAIN;
  }

  /** A number of two bytes as the float that it is, exactly. */
  private static double widened(long type, short bits) {
    return type == HALF
        ? Float.float16ToFloat(bits)
        : Float.intBitsToFloat(Short.toUnsignedInt(bits) << Short.SIZE);
  }

  /** The name of a type of elements in the specification. */
  public static String typeName(long type) {
    List<String> names =
        List.of(
            "no type",
            "float",
            "uint8",
            "int8",
            "uint16",
            "int16",
            "int32",
            "int64",
            "string",
            "bool",
            "float16",
            "double",
            "uint32",
            "uint64",
            "complex64",
            "complex128",
            "bfloat16");
    return type >= 0 && type < names.size() ? names.get((int) type) : "type " + type;
  }

  private List<Integer> shape() throws OnnxException {
    List<Long> extents =
        DoubleStream.of(tensor.integers(1)).mapToObj(extent -> (long) extent).toList();
    if (!Shapes.isValid(extents)) {
      List<Long> shown = new ArrayList<>(extents.subList(0, Math.min(20, extents.size())));
      throw fault(
          "has the shape " + Shapes.words(shown) + ", which is not a shape, or is too large");
    }
    return extents.stream().map(Long::intValue).toList();
  }

  /** Whether its numbers are in another file, as it says in two places. */
  private boolean isExternal() throws OnnxException {
    long place = tensor.integer(PLACE).orElse(0);
    if (place != 0 && place != 1) {
      throw fault(
          "has its numbers at a place that ONNX does not have (data_location = "
              + place
              + "); save the model again");
    }
    if (place == 0 && tensor.has(EXTERNAL)) {
      throw fault(
          "names a file of its numbers (external_data), and says that they are in the model"
              + " (data_location); save the model again");
    }
    boolean inside = tensor.has(RAW) || Arrays.stream(NUMBERS).anyMatch(tensor::has);
    if (place == 1 && inside) {
      throw fault("has its numbers twice, in the model and in another file; save the model again");
    }
    return place == 1;
  }

  /** One field holds the numbers: which one is read must not depend on the reader. */
  private void checkFields(Format format) throws OnnxException {
    for (int field : NUMBERS) {
      if (tensor.has(field) && tensor.has(RAW)) {
        throw fault("has its numbers twice, raw and as a list");
      }
      if (tensor.has(field) && field != format.field()) {
        throw fault("has numbers in a list of another type than its own");
      }
    }
  }

  /** Little-endian numbers, one after the other. */
  private double[] raw(ByteBuffer bytes, Format format, List<Integer> shape, long type)
      throws OnnxException {
    int count = Shapes.size(shape);
    if (bytes.remaining() != (long) count * format.bytes()) {
      throw fault(
          String.format(
              "has %d bytes for %d numbers of %s", bytes.remaining(), count, typeName(type)));
    }
    budget.numbers(count);
    ByteBuffer buffer = bytes.order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      budget.look(i);
      values[i] =
          switch (format.kind()) {
            case SINGLE ->
                format.bytes() == Float.BYTES
                    ? buffer.getFloat()
                    : widened(type, buffer.getShort());
            case DOUBLE -> buffer.getDouble();
            case BOOLEAN -> buffer.get();
            case INTEGER -> format.bytes() == Long.BYTES ? buffer.getLong() : buffer.getInt();
          };
    }
    return values;
  }

  private double[] listed(Format format, long type) throws OnnxException {
    return switch (format.kind()) {
      case SINGLE -> format.bytes() == Float.BYTES ? tensor.floats(format.field()) : halves(type);
      case DOUBLE -> tensor.doubles(format.field());
      case INTEGER, BOOLEAN -> tensor.integers(format.field());
    };
  }

  /**
   * The numbers of two bytes in the list of int32, each of which is the lower half of an integer.
   */
  private double[] halves(long type) throws OnnxException {
    double[] bits = tensor.integers(5);
    for (int i = 0; i < bits.length; i++) {
      if (bits[i] < 0 || bits[i] > 0xFFFF) {
        throw fault(
            "has %d at index %d, which is no %s".formatted((long) bits[i], i, typeName(type)));
      }
      bits[i] = widened(type, (short) (int) bits[i]);
    }
    return bits;
  }
}
