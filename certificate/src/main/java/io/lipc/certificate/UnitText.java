package io.lipc.certificate;

import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.FormatException;
import io.lipc.formats.JsonValue;
import java.util.List;
import java.util.Optional;

/** Units as JSON objects; each names its operation first. */
final class UnitText {

  private UnitText() {}

  static JsonValue write(Unit unit) {
    return switch (unit) {
      case Unit.Input input -> input(input).object();
      case Unit.Linear linear -> linear(linear).object();
      case Unit.Activation activation ->
          activation(
                  activation.operand(),
                  activation.name(),
                  activation.parameters(),
                  activation.size())
              .object();
      case Unit.Call call -> call(call).object();
    };
  }

  private static JsonMembers linear(Unit.Linear unit) {
    List<Integer> operands = unit.operands();
    JsonMembers members = operation(unit.map().word());
    int size = unit.size();
    return switch (unit.map()) {
      case Sum _, Concatenation _ -> members.integers("operands", operands).integer("size", size);
      case Matrix matrix -> dense(members.integer("operand", operands.getFirst()), matrix);
      case Scaling scaling ->
          members
              .integer("operand", operands.getFirst())
              .real("factor", scaling.factor())
              .integer("size", size);
      case Diagonal diagonal ->
          members
              .integer("operand", operands.getFirst())
              .reals("scale", diagonal.scale())
              .reals("shift", diagonal.shift())
              .integer("size", size);
      case Selection selection ->
          members.integer("operand", operands.getFirst()).integers("indices", selection.indices());
      case Identity _, Centering _ ->
          activation(operands.getFirst(), unit.map().word(), List.of(), size);
    };
  }

  private static JsonMembers activation(
      int operand, String name, List<Double> parameters, int size) {
    return operation("activation")
        .integer("operand", operand)
        .text("name", name)
        .reals("parameters", parameters)
        .integer("size", size);
  }

  private static JsonMembers operation(String name) {
    return new JsonMembers().text("operation", name);
  }

  private static JsonMembers input(Unit.Input input) {
    JsonMembers members = operation("input");
    if (input.extents().size() == 1) {
      members.integer("size", input.size());
    } else {
      members.integers("shape", input.extents());
    }
    input.box().ifPresent(box -> members.reals("lower", box.lower()).reals("upper", box.upper()));
    return members;
  }

  private static JsonMembers dense(JsonMembers members, Matrix matrix) {
    members
        .integer("inputs", matrix.inputs())
        .integer("size", matrix.outputs())
        .text("weight", matrix.weight());
    matrix.bias().ifPresent(bias -> members.text("bias", bias));
    return members;
  }

  private static JsonMembers call(Unit.Call call) {
    return operation("call")
        .integer("operand", call.operand())
        .text("network", call.network())
        .text("certificate", call.certificate().toString())
        .integer("inputs", call.inputs())
        .integer("size", call.size());
  }

  static Unit read(JsonValue value) throws FormatException {
    JsonFields fields = JsonFields.of("a unit", value);
    Unit unit = read(fields);
    fields.end();
    return unit;
  }

  private static Unit read(JsonFields f) throws FormatException {
    String operation = f.text("operation");
    return switch (operation) {
      case "input" -> new Unit.Input(extents(f), box(f));
      case "dense" ->
          Unit.dense(
              f.integer("operand"),
              f.integer("inputs"),
              f.integer("size"),
              f.text("weight"),
              f.has("bias") ? Optional.of(f.text("bias")) : Optional.empty());
      case "activation" ->
          Unit.activation(
              f.integer("operand"), f.text("name"), f.reals("parameters"), f.integer("size"));
      case "sum" -> Unit.sum(f.integers("operands"), f.integer("size"));
      case "concat" -> Unit.concat(f.integers("operands"), f.integer("size"));
      case "scale" -> Unit.scale(f.integer("operand"), f.real("factor"), f.integer("size"));
      case "affine" ->
          Unit.affine(f.integer("operand"), f.reals("scale"), f.reals("shift"), f.integer("size"));
      case "call" ->
          new Unit.Call(
              f.integer("operand"),
              f.text("network"),
              CertificateReader.digest(f, "certificate"),
              f.integer("inputs"),
              f.integer("size"));
      case "select" -> Unit.select(f.integer("operand"), f.integers("indices"));
      default -> throw f.fault("operation", operation);
    };
  }

  /** A vector has a size, a tensor of several extents a shape: one text for each. */
  private static List<Integer> extents(JsonFields fields) throws FormatException {
    if (!fields.has("shape")) {
      return List.of(fields.integer("size"));
    }
    List<Integer> shape = fields.integers("shape");
    if (shape.size() < 2) {
      throw fields.fault("shape", shape.toString());
    }
    return shape;
  }

  private static Optional<Unit.Box> box(JsonFields fields) throws FormatException {
    return fields.has("lower")
        ? Optional.of(new Unit.Box(fields.reals("lower"), fields.reals("upper")))
        : Optional.empty();
  }
}
