package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
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
      case Unit.Activation activation -> activation(activation).object();
      case Unit.MaxPool pool ->
          window(operation("max_pool"), pool.operand(), pool.input(), pool.window()).object();
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
      case Convolution convolution ->
          convolution(members.integer("operand", operands.getFirst()), convolution);
      case AveragePool pool ->
          window(members, operands.getFirst(), pool.input(), pool.window())
              .real("factor", pool.factor());
      case BatchNorm norm ->
          members
              .integer("operand", operands.getFirst())
              .integer("channels", norm.channels())
              .integer("pixels", norm.pixels())
              .text("tensors", norm.prefix())
              .real("epsilon", norm.epsilon());
      case Identity _, Centering _ ->
          activation(operands.getFirst(), unit.map().word(), List.of(), size);
    };
  }

  private static JsonMembers activation(Unit.Activation unit) {
    ActivationFunction function = unit.function();
    JsonMembers members =
        activation(unit.operand(), function.word(), function.constants(), unit.size());
    return unit.pixels() == 1 ? members : members.integer("pixels", unit.pixels());
  }

  private static JsonMembers window(JsonMembers members, int operand, Grid input, Window window) {
    return members
        .integer("operand", operand)
        .integers("input", input.extents())
        .integers("kernel", window.kernel())
        .integers("stride", window.stride());
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

  private static JsonMembers convolution(JsonMembers members, Convolution convolution) {
    Window window = convolution.window();
    members
        .integers("input", convolution.input().extents())
        .integer("channels", convolution.channels())
        .integers("kernel", window.kernel())
        .integers("stride", window.stride())
        .integers("padding", window.padding())
        .integers("dilation", window.dilation())
        .integer("groups", convolution.groups())
        .text("weight", convolution.weight());
    convolution.bias().ifPresent(bias -> members.text("bias", bias));
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
              bias(f));
      case "convolution" -> Unit.convolution(f.integer("operand"), convolution(f));
      case "average_pool" -> Unit.averagePool(f.integer("operand"), averagePool(f));
      case "batch_norm" ->
          Unit.batchNorm(
              f.integer("operand"),
              new BatchNorm(
                  f.integer("channels"),
                  f.integer("pixels"),
                  f.text("tensors"),
                  f.real("epsilon")));
      case "max_pool" -> new Unit.MaxPool(f.integer("operand"), grid(f), plainWindow(f));
      case "activation" -> activation(f);
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

  private static Unit activation(JsonFields f) throws FormatException {
    int operand = f.integer("operand");
    String name = f.text("name");
    List<Double> parameters = f.reals("parameters");
    int size = f.integer("size");
    return f.has("pixels")
        ? new Unit.Activation(operand, name, parameters, size, f.integer("pixels"))
        : Unit.activation(operand, name, parameters, size);
  }

  private static Optional<String> bias(JsonFields fields) throws FormatException {
    return fields.has("bias") ? Optional.of(fields.text("bias")) : Optional.empty();
  }

  private static Convolution convolution(JsonFields fields) throws FormatException {
    Grid input = grid(fields);
    int channels = fields.integer("channels");
    Window window =
        Window.of(
            fields.integers("kernel"),
            fields.integers("stride"),
            fields.integers("padding"),
            fields.integers("dilation"));
    return new Convolution(
        input, channels, window, fields.integer("groups"), fields.text("weight"), bias(fields));
  }

  private static AveragePool averagePool(JsonFields fields) throws FormatException {
    Grid input = grid(fields);
    return new AveragePool(input, plainWindow(fields), fields.real("factor"));
  }

  private static Window plainWindow(JsonFields fields) throws FormatException {
    return Window.plain(fields.integers("kernel"), fields.integers("stride"));
  }

  private static Grid grid(JsonFields fields) throws FormatException {
    List<Integer> extents = fields.integers("input");
    if (extents.size() != 3) {
      throw fields.unfit("input", extents.toString());
    }
    return new Grid(extents.get(0), extents.get(1), extents.get(2));
  }

  /** A vector has a size, a tensor of several extents a shape: one text for each. */
  private static List<Integer> extents(JsonFields fields) throws FormatException {
    if (!fields.has("shape")) {
      return List.of(fields.integer("size"));
    }
    List<Integer> shape = fields.integers("shape");
    if (shape.size() < 2) {
      throw fields.unfit("shape", shape.toString());
    }
    return shape;
  }

  private static Optional<Unit.Box> box(JsonFields fields) throws FormatException {
    return fields.has("lower")
        ? Optional.of(new Unit.Box(fields.reals("lower"), fields.reals("upper")))
        : Optional.empty();
  }
}
