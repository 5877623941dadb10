package io.lipc.compiler.foreign;

import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.OnnxSource;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Turns a model of another format into a declaration and its weights. */
public final class ModelImport {

  /** The declared bound of a network whose layers alone matter. */
  private static final double ANY_BOUND = Double.MAX_VALUE;

  private final ImportForm form;
  private final LayerNames names = new LayerNames();
  private final List<Restatement.Line> lines;

  /** The number of lines that read each line. */
  private final int[] readers;

  private final List<Binding> bindings = new ArrayList<>();

  /** The number of each line's binding. */
  private final int[] bindingOf;

  private ModelImport(ImportForm form, List<Restatement.Line> lines) {
    this.form = form;
    this.lines = lines;
    this.readers = new int[lines.size()];
    this.bindingOf = new int[lines.size()];
    lines.forEach(line -> line.operands().forEach(operand -> readers[operand]++));
  }

  /** Operations that are written one after the other, under one name. */
  private record Binding(String name, List<Integer> lines) {}

  /**
   * An ONNX model. The names of its initialisers are kept where the language can say them.
   *
   * @throws OnnxException if the model cannot be read, or a file that it names
   * @throws NotExpressible if the language has no words for what it holds
   */
  public static ImportedModel ofOnnx(OnnxSource source, ImportForm form)
      throws OnnxException, NotExpressible {
    OnnxModel model = OnnxModel.read(source, form.name(), ANY_BOUND);
    return of(model.checked(), model.weights(), model.sources(), form);
  }

  /**
   * A network.
   *
   * @param sources what tensors are called in the file that they come from, by their names here
   * @throws NotExpressible if the language has no words for what it holds
   */
  public static ImportedModel of(
      CheckedNetwork checked, Weights weights, Map<String, String> sources, ImportForm form)
      throws NotExpressible {
    ElementType precision = form.precision().orElseGet(() -> needed(checked, weights));
    RestatedTensors tensors = new RestatedTensors(checked, weights, sources, precision);
    List<Restatement.Line> lines = Restatement.of(checked, tensors);
    Declaration declaration = new ModelImport(form, lines).declaration(precision);
    return new ImportedModel(declaration, tensors.weights());
  }

  /** The format that holds every number: but for means, which are rounded in any. */
  private static ElementType needed(CheckedNetwork checked, Weights weights) {
    DoubleStream tensors =
        weights.tensors().values().stream().map(Tensor::values).flatMapToDouble(Arrays::stream);
    DoubleStream constants =
        checked.network().layers().stream()
            .flatMap(Restatement::constants)
            .mapToDouble(Double::doubleValue);
    boolean single =
        DoubleStream.concat(tensors, constants).allMatch(number -> (float) number == number);
    return single ? ElementType.F32 : ElementType.F64;
  }

  private Declaration declaration(ElementType precision) {
    for (int i = 0; i < lines.size(); i++) {
      bind(i);
    }
    List<Step> steps = new ArrayList<>();
    List<String> called = new ArrayList<>();
    for (Binding binding : bindings) {
      called.add(names.layer(binding.name()));
    }
    for (int b = 0; b < bindings.size(); b++) {
      addSteps(bindings.get(b), called.get(b), called, steps);
    }
    int last = lines.size() - 1;
    return new Declaration(
        form.name(),
        form.documentation(),
        form.properties(),
        hasWeights() ? new WeightsSource.Given(form.weights()) : new WeightsSource.None(),
        precision,
        steps,
        Optional.of(called.get(bindingOf[last])),
        Optional.of(lines.get(last).shape().extents()));
  }

  private boolean hasWeights() {
    return lines.stream().anyMatch(line -> line.operation() instanceof Operation.Weighted);
  }

  /** Goes on with the binding of the only operand, if no other layer reads it. */
  private void bind(int number) {
    Restatement.Line line = lines.get(number);
    if (line.operands().size() == 1) {
      int operand = line.operands().getFirst();
      Binding before = bindings.get(bindingOf[operand]);
      boolean input = lines.get(operand).operation() instanceof Operation.Input;
      boolean weighted = prefix(line).isPresent();
      boolean two =
          weighted && before.lines().stream().anyMatch(l -> prefix(lines.get(l)).isPresent());
      if (readers[operand] == 1 && !input && !two) {
        before.lines().add(number);
        bindingOf[number] = bindingOf[operand];
        bindings.set(bindingOf[operand], new Binding(name(before.lines()), before.lines()));
        return;
      }
    }
    bindingOf[number] = bindings.size();
    List<Integer> own = new ArrayList<>(List.of(number));
    bindings.add(new Binding(name(own), own));
  }

  private static Optional<String> prefix(Restatement.Line line) {
    return line.operation() instanceof Operation.Weighted weighted
        ? weighted.tensor()
        : Optional.empty();
  }

  /** The name of a line: that of its tensors or, where there are none, of its last operation. */
  private String name(List<Integer> binding) {
    Restatement.Line last = lines.get(binding.getLast());
    return last.operation() instanceof Operation.Input
        ? form.input()
        : binding.stream()
            .flatMap(line -> prefix(lines.get(line)).stream())
            .findFirst()
            .orElse(last.name());
  }

  private void addSteps(Binding binding, String name, List<String> called, List<Step> steps) {
    List<Integer> chain = binding.lines();
    String before = "";
    for (int k = 0; k < chain.size(); k++) {
      Restatement.Line line = lines.get(chain.get(k));
      List<String> operands =
          k == 0
              ? line.operands().stream().map(operand -> called.get(bindingOf[operand])).toList()
              : List.of(before);
      boolean last = k == chain.size() - 1;
      String step = last ? name : Step.innerName(name, k + 1);
      steps.add(new Step(step, Optional.of(name), written(line.operation(), name), operands));
      before = step;
    }
  }

  /** The tensors of a layer are called after it; another name is said. */
  private Operation written(Operation operation, String name) {
    return switch (operation) {
      case Operation.Input input -> new Operation.Input(input.extents(), form.box());
      case Operation.Dense(int outputs, boolean bias, Optional<String> tensor) ->
          new Operation.Dense(outputs, bias, other(tensor, name));
      case Operation.Convolve(var channels, var window, var groups, var bias, var tensor) ->
          new Operation.Convolve(channels, window, groups, bias, other(tensor, name));
      case Operation.Normalize(double epsilon, Optional<String> tensor) ->
          new Operation.Normalize(epsilon, other(tensor, name));
      default -> operation;
    };
  }

  private static Optional<String> other(Optional<String> tensor, String name) {
    return tensor.filter(prefix -> !prefix.equals(name));
  }
}
