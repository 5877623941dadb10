package io.lipc.certificate;

import io.lipc.formats.FormatException;
import io.lipc.formats.JsonValue;
import java.util.Optional;

/** Units as JSON objects; each names its operation first. */
final class UnitText {

  private UnitText() {}

  static JsonValue write(Unit unit) {
    return switch (unit) {
      case Unit.Input input -> input(input).object();
      case Unit.Dense dense -> dense(dense).object();
      case Unit.Activation activation ->
          operation("activation")
              .integer("operand", activation.operand())
              .text("name", activation.name())
              .reals("parameters", activation.parameters())
              .integer("size", activation.size())
              .object();
      case Unit.Sum sum ->
          operation("sum")
              .integers("operands", sum.operands())
              .integer("size", sum.size())
              .object();
      case Unit.Concat concat ->
          operation("concat")
              .integers("operands", concat.operands())
              .integer("size", concat.size())
              .object();
      case Unit.Scale scale ->
          operation("scale")
              .integer("operand", scale.operand())
              .real("factor", scale.factor())
              .integer("size", scale.size())
              .object();
      case Unit.Affine affine ->
          operation("affine")
              .integer("operand", affine.operand())
              .reals("scale", affine.scale())
              .reals("shift", affine.shift())
              .integer("size", affine.size())
              .object();
      case Unit.Call call -> call(call).object();
      case Unit.Select select ->
          operation("select")
              .integer("operand", select.operand())
              .integers("indices", select.indices())
              .object();
    };
  }

  private static JsonMembers operation(String name) {
    return new JsonMembers().text("operation", name);
  }

  private static JsonMembers input(Unit.Input input) {
    JsonMembers members = operation("input").integer("size", input.size());
    input.box().ifPresent(box -> members.reals("lower", box.lower()).reals("upper", box.upper()));
    return members;
  }

  private static JsonMembers dense(Unit.Dense dense) {
    JsonMembers members =
        operation("dense")
            .integer("operand", dense.operand())
            .integer("inputs", dense.inputs())
            .integer("size", dense.size())
            .text("weight", dense.weight());
    dense.bias().ifPresent(bias -> members.text("bias", bias));
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
      case "input" -> new Unit.Input(f.integer("size"), box(f));
      case "dense" ->
          new Unit.Dense(
              f.integer("operand"),
              f.integer("inputs"),
              f.integer("size"),
              f.text("weight"),
              f.has("bias") ? Optional.of(f.text("bias")) : Optional.empty());
      case "activation" ->
          new Unit.Activation(
              f.integer("operand"), f.text("name"), f.reals("parameters"), f.integer("size"));
      case "sum" -> new Unit.Sum(f.integers("operands"), f.integer("size"));
      case "concat" -> new Unit.Concat(f.integers("operands"), f.integer("size"));
      case "scale" -> new Unit.Scale(f.integer("operand"), f.real("factor"), f.integer("size"));
      case "affine" ->
          new Unit.Affine(
              f.integer("operand"), f.reals("scale"), f.reals("shift"), f.integer("size"));
      case "call" ->
          new Unit.Call(
              f.integer("operand"),
              f.text("network"),
              CertificateReader.digest(f, "certificate"),
              f.integer("inputs"),
              f.integer("size"));
      case "select" -> new Unit.Select(f.integer("operand"), f.integers("indices"));
      default -> throw f.fault("operation", operation);
    };
  }

  private static Optional<Unit.Box> box(JsonFields fields) throws FormatException {
    return fields.has("lower")
        ? Optional.of(new Unit.Box(fields.reals("lower"), fields.reals("upper")))
        : Optional.empty();
  }
}
