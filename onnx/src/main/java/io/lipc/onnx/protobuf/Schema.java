package io.lipc.onnx.protobuf;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields that a message of {@code onnx.proto} may have, as the file in ONNX's repository
 * numbers them. A field that is not read may change what a model computes, so it is refused. This
 * is the one list of fields that are passed over, and each line says why that changes nothing.
 */
public final class Schema {
  public static final Schema MODEL =
      new Schema(
          reads(1, 7, 8) // ir_version, graph, opset_import
              .passesOver(2, 3, 6) // producer_name, producer_version, doc_string: for people
              .passesOver(4, 5) // domain, model_version: what the model is called
              .passesOver(14) // metadata_props: keys and values that no operator reads
              .refuses(
                  20,
                  "carries information on training (training_info), which changes its initialisers;"
                      + " save it without: del model.training_info[:]")
              .refuses(
                  25,
                  "defines functions of its own (functions), which lipc does not read;"
                      + " onnx.inliner.inline_local_functions(model) puts their nodes into the"
                      + " graph")
              .refuses(
                  26,
                  "says how it is split over devices (configuration), which lipc does not read;"
                      + " save it without: del model.configuration[:]"));

  /** One that has a domain of its own is passed over: nodes of such a domain are refused. */
  public static final Schema OPERATOR_SET = new Schema(reads(1, 2)); // domain, version

  public static final Schema GRAPH =
      new Schema(
          reads(1, 5, 11, 12, 13) // node, initializer, input, output, value_info
              .passesOver(2, 10) // name, doc_string: for people
              .passesOver(16) // metadata_props: keys and values that no operator reads
              .refuses(
                  14,
                  "says how its tensors are quantised (quantization_annotation), and lipc reads"
                      + " networks of real numbers; export the model before it is quantised")
              .refuses(15, "has sparse initialisers; store them dense"));

  public static final Schema NODE =
      new Schema(
          reads(1, 2, 3, 4, 5, 7, 8) // input, output, name, op_type, attribute, domain, overload
              .passesOver(6) // doc_string: for people
              .passesOver(9) // metadata_props: keys and values that no operator reads
              .refuses(
                  10,
                  "says how it is split over devices (device_configurations), which lipc does not"
                      + " read; save the model without"));

  public static final Schema ATTRIBUTE =
      new Schema(
          reads(1, 20, 21) // name, type, ref_attr_name
              .reads(2, 3, 4, 5, 6, 22, 14) // f, i, s, t, g, sparse_tensor, tp
              .reads(7, 8, 9, 10, 11, 23, 15) // lists of these
              .passesOver(13)); // doc_string: for people

  public static final Schema VALUE =
      new Schema(
          reads(1, 2) // name, type
              .passesOver(3) // doc_string: for people
              .passesOver(4)); // metadata_props: keys and values that no operator reads

  public static final Schema TYPE =
      new Schema(
          reads(1, 4, 5, 7, 8, 9) // tensor_type, and what is not a tensor
              .passesOver(6)); // denotation: what a value means to people, as in IMAGE

  public static final Schema TENSOR_TYPE = new Schema(reads(1, 2)); // elem_type, shape

  public static final Schema SHAPE = new Schema(reads(1)); // dim

  public static final Schema EXTENT =
      new Schema(
          reads(1, 2) // dim_value, dim_param
              .passesOver(3)); // denotation: what an extent means to people, as in DATA_BATCH

  public static final Schema TENSOR =
      new Schema(
          reads(1, 2, 8) // dims, data_type, name
              .reads(3, 13, 14) // segment, external_data, data_location
              .reads(4, 5, 6, 7, 9, 10, 11) // the fields of numbers, of which one may be there
              .passesOver(12) // doc_string: for people
              .passesOver(16)); // metadata_props: keys and values that no operator reads

  public static final Schema ENTRY = new Schema(reads(1, 2)); // key, value

  /** The newest version of the format that these lists were made from. */
  public static final int LAST_VERSION = 13;

  private final Fields fields;

  private Schema(Fields fields) {
    this.fields = fields;
  }

  private static Fields reads(Integer... numbers) {
    return new Fields(Set.of(), Map.of()).reads(numbers);
  }

  /**
   * The treatment of a message's fields.
   *
   * @param known those that are read or passed over
   * @param refused by the number of another field, the clause that says why it is refused
   */
  private record Fields(Set<Integer> known, Map<Integer, String> refused) {

    Fields reads(Integer... numbers) {
      Set<Integer> all = new TreeSet<>(known);
      all.addAll(Set.of(numbers));
      return new Fields(all, refused);
    }

    Fields passesOver(Integer... numbers) {
      return reads(numbers);
    }

    Fields refuses(int number, String clause) {
      Map<Integer, String> all = new TreeMap<>(refused);
      all.put(number, clause);
      return new Fields(known, all);
    }
  }

  /** The reason why a field of this message is refused, as a clause; empty if it is not. */
  String refusal(int number) {
    if (fields.known().contains(number)) {
      return "";
    }
    return fields
        .refused()
        .getOrDefault(
            number,
            "has field %d, which ONNX did not have up to version %d of its format, so that lipc"
                    .formatted(number, LAST_VERSION)
                + " cannot say what it changes");
  }
}
