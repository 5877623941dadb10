package io.lipc.onnx.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Set;

/** Whether a file is an ONNX model, whatever its name. */
public final class OnnxContent {

  private static final int VERSION = 1;
  private static final int GRAPH = 7;
  private static final int OPERATORS = 8;

  /** The numbers of ModelProto's fields. */
  private static final Set<Integer> FIELDS =
      Set.of(VERSION, 2, 3, 4, 5, 6, GRAPH, OPERATORS, 14, 20, 25, 26);

  private OnnxContent() {}

  /**
   * Whether the file's outermost message is one of ONNX: it has the fields of a model from its
   * first byte to its last, a graph and a version among them. The messages inside are not looked
   * at.
   */
  public static boolean isModel(byte[] file) {
    boolean graph = false;
    boolean versions = false;
    try {
      CodedInputStream input = CodedInputStream.newInstance(file);
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        int number = WireFormat.getTagFieldNumber(tag);
        if (!FIELDS.contains(number) || isGroup(tag) || !input.skipField(tag)) {
          return false;
        }
        graph |= number == GRAPH;
        versions |= number == VERSION || number == OPERATORS;
      }
    } catch (IOException e) {
      return false;
    }
    return graph && versions;
  }

  private static boolean isGroup(int tag) {
    int type = WireFormat.getTagWireType(tag);
    return type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP;
  }
}
