package io.lipc.dsl;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.About;
import io.lipc.model.Declaration;
import io.lipc.model.LinearOperation;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A declaration as a text of the language, which declares the same: reading it gives the steps that
 * were written, name for name and number for number.
 */
public final class DeclarationText {

  private final Declaration declaration;

  /** Inner steps by their names: they are written where they are read. */
  private final Map<String, Step> inner = new HashMap<>();

  private final List<String> lines = new ArrayList<>();

  private DeclarationText(Declaration declaration) {
    this.declaration = declaration;
  }

  /**
   * The text of one network in the layout of {@link LipFormatter}.
   *
   * @param declaration one that a text could have declared: its names are words, each inner step is
   *     read once and only in the binding that it belongs to
   * @throws IllegalArgumentException if it is not such a declaration
   */
  public static String write(Declaration declaration) {
    DeclarationText text = new DeclarationText(declaration);
    text.network();
    SourceText source = new SourceText(declaration.name(), String.join("\n", text.lines) + "\n");
    return switch (LipFormatter.format(source)) {
      case LipFormatter.Formatted formatted -> formatted.text();
      case LipFormatter.Refused refused ->
          throw new IllegalArgumentException(
              "no text of the language: " + refused.findings().getFirst().diagnostic().summary());
    };
  }

  private void network() {
    String name = declaration.name();
    int dot = name.lastIndexOf('.');
    if (dot >= 0) {
      lines.add("package " + name.substring(0, dot) + ";\n");
    }
    if (!declaration.documentation().isEmpty()) {
      lines.add("/** " + declaration.documentation().replace("*/", "* /") + " */");
    }
    lines.add("network " + name.substring(dot + 1) + "(" + inputs() + ")" + result() + " {");
    clauses();
    lines.add("");
    for (Step step : declaration.steps()) {
      if (step.binding().filter(step.name()::equals).isEmpty()) {
        inner.put(step.name(), step);
      } else if (!(step.operation() instanceof Operation.Input)) {
        lines.add(step.name() + " = " + expression(step) + ";");
      }
    }
    lines.add("return " + declaration.output().orElseThrow() + ";");
    lines.add("}");
  }

  private String inputs() {
    return declaration.steps().stream()
        .filter(step -> step.operation() instanceof Operation.Input)
        .map(step -> input(step.name(), (Operation.Input) step.operation()))
        .collect(Collectors.joining(", "));
  }

  private static String input(String name, Operation.Input input) {
    String box =
        input
            .box()
            .map(sides -> " in [" + number(sides.lower()) + ", " + number(sides.upper()) + "]")
            .orElse("");
    return name + ": real" + input.extents() + box;
  }

  private String result() {
    return " -> real"
        + declaration.result().orElseThrow(() -> new IllegalArgumentException("no result"));
  }

  private void clauses() {
    declaration.properties().forEach(property -> lines.add("certify " + claim(property) + ";"));
    declaration.weights().fileName().ifPresent(file -> lines.add("weights " + quoted(file) + ";"));
    if (declaration.weights() instanceof WeightsSource.Parameterized made) {
      lines.add("parameters " + made.construction().word() + ";");
    }
    if (declaration.precision() == ElementType.F64) {
      lines.add("precision f64;");
    }
  }

  private static String claim(Property property) {
    return switch (property) {
      case Property.Lipschitz bound -> bound(bound);
      case Property.Scaled(Property.Lipschitz bound, Property.Scale scale) ->
          bound(bound) + " per " + scale(scale);
      case Property.Local(Property.Lipschitz bound, Region region) ->
          bound(bound) + " on " + region(region);
      case Property.Monotone(List<Property.Trend> trends, Region region) ->
          property.word()
              + trends.stream()
                  .map(DeclarationText::trend)
                  .collect(Collectors.joining(", ", " ", ""))
              + " on "
              + region(region);
      case Property.Slopes(List<Property.Slope> slopes, Region region) ->
          property.word()
              + slopes.stream()
                  .map(slope -> number(slope.bound()) + " in " + slope.about().name())
                  .collect(Collectors.joining(", ", " <= ", ""))
              + of(slopes.getFirst().about())
              + " on "
              + region(region);
      case Property.Pairs(_, boolean signs) -> property.word() + (signs ? " with signs" : "");
      case Property.Range(double lower, double upper) ->
          property.word() + " in [" + number(lower) + ", " + number(upper) + "]";
      case Property.Query(String file, _) -> property.word() + " " + quoted(file);
    };
  }

  private static String bound(Property.Lipschitz declared) {
    Norm input = declared.inputNorm();
    Norm output = declared.outputNorm();
    boolean usual = input == Norm.L2 && output == Norm.L2;
    String norms = usual ? "" : " from " + input.word() + " to " + output.word();
    return declared.word() + " <= " + number(declared.bound()) + norms;
  }

  private static String trend(Property.Trend trend) {
    return trend.word() + " in " + trend.about().name() + of(trend.about());
  }

  /** The output that something is about, where that is one of them. */
  private static String of(About about) {
    if (about instanceof About.Named(_, _, OptionalInt output)) {
      return output.isPresent() ? " of y[" + output.getAsInt() + "]" : "";
    }
    throw new IllegalArgumentException("a claim about inputs that have no names");
  }

  private static String region(Region region) {
    return switch (region) {
      case Region.Declared _ -> "box";
      case Region.Parts(List<Region.Part> parts) ->
          parts.stream().map(DeclarationText::part).collect(Collectors.joining(", "));
      case Region.Sides _ ->
          throw new IllegalArgumentException("a region whose inputs have no names");
    };
  }

  private static String part(Region.Part part) {
    return part.lower() == part.upper()
        ? part.name() + " = " + number(part.lower())
        : part.name() + " in [" + number(part.lower()) + ", " + number(part.upper()) + "]";
  }

  private static String scale(Property.Scale scale) {
    return switch (scale) {
      case Property.Scale.OfLayer(String layer) -> layer;
      case Property.Scale.OfTensor(String tensor) -> quoted(tensor);
      case Property.Scale.Units(List<Double> lengths) ->
          lengths.stream().map(DeclarationText::number).collect(Collectors.joining(", ", "[", "]"));
    };
  }

  private String expression(Step step) {
    List<String> operands = step.operands();
    return switch (step.operation()) {
      case Operation.Linear(LinearMap map) when LinearOperation.isSum(map) ->
          operands.stream().map(this::term).collect(Collectors.joining(" + "));
      case Operation.Linear(LinearMap map) when operands.size() > 1 ->
          LinearOperation.wordOf(map)
              + operands.stream().map(this::operand).collect(Collectors.joining(", ", "(", ")"));
      case Operation operation -> {
        String read = operands.getFirst();
        yield (isSum(read) ? term(read) : operand(read)) + " |> " + call(operation);
      }
    };
  }

  private boolean isSum(String name) {
    return inner.containsKey(name)
        && inner.get(name).operation() instanceof Operation.Linear(LinearMap map)
        && LinearOperation.isSum(map);
  }

  /** An operand of a sum: what is no name stands in brackets. */
  private String term(String name) {
    return inner.containsKey(name) ? "(" + operand(name) + ")" : name;
  }

  /** A step by its name or, where it has none that can be written, as what it does. */
  private String operand(String name) {
    Step step = inner.get(name);
    return step == null ? name : expression(step);
  }

  private static String call(Operation operation) {
    return switch (operation) {
      case Operation.Dense dense ->
          applied(
              dense.word(),
              String.valueOf(dense.outputs()),
              dense.bias() ? "" : "bias = false",
              tensor(dense));
      case Operation.Convolve convolve -> convolution(convolve);
      case Operation.Normalize normalize ->
          applied(
              normalize.word(),
              normalize.epsilon() == Operation.Normalize.USUAL_EPSILON
                  ? ""
                  : "epsilon = " + number(normalize.epsilon()),
              tensor(normalize));
      case Operation.AveragePooling pooling ->
          pooling.window().map(w -> pool(pooling.word(), w)).orElse(pooling.word());
      case Operation.MaxPooling pooling -> pool(pooling.word(), pooling.window());
      case Operation.Activate(Activation activation) ->
          applied(
              activation.kind().word(),
              activation.parameters().stream()
                  .map(DeclarationText::constant)
                  .toArray(String[]::new));
      case Operation.Linear(LinearMap map) -> linear(map);
      case Operation.Reshape reshape ->
          applied(reshape.word(), reshape.extents().map(Object::toString).orElse(""));
      case Operation.Call call ->
          applied(call.network(), call.via().map(norm -> "via = " + norm.word()).orElse(""));
      case Operation.Input _ -> throw new IllegalArgumentException("an input reads nothing");
      case Operation.Refused refused ->
          throw new IllegalArgumentException(refused.activation().word() + " is refused");
    };
  }

  private static String linear(LinearMap map) {
    String word = LinearOperation.wordOf(map);
    OptionalDouble number = LinearOperation.numberOf(map);
    return number.isPresent()
        ? applied(word, number(number.getAsDouble()))
        : LinearOperation.wholesOf(map)
            .map(wholes -> applied(word, wholes.toString()))
            .orElseThrow(() -> new IllegalArgumentException(word + " of one operand"));
  }

  private static String convolution(Operation.Convolve convolve) {
    Window window = convolve.window();
    return applied(
        convolve.word(),
        String.valueOf(convolve.channels()),
        "kernel = " + pixels(window.kernel()),
        said("stride", window.stride(), 1),
        said("padding", window.padding(), 0),
        said("dilation", window.dilation(), 1),
        convolve.groups() == 1 ? "" : "groups = " + convolve.groups(),
        convolve.bias() ? "" : "bias = false",
        tensor(convolve));
  }

  private static String pool(String word, Window window) {
    return applied(
        word,
        pixels(window.kernel()),
        window.stride().equals(window.kernel()) ? "" : "stride = " + pixels(window.stride()));
  }

  private static String said(String name, List<Integer> pixels, int usual) {
    boolean isUsual = pixels.equals(Collections.nCopies(pixels.size(), usual));
    return isUsual ? "" : name + " = " + pixels(pixels);
  }

  /** One number where all are equal. */
  private static String pixels(List<Integer> numbers) {
    return numbers.stream().distinct().count() == 1
        ? String.valueOf(numbers.getFirst())
        : numbers.toString();
  }

  private static String tensor(Operation.Weighted weighted) {
    return weighted.tensor().map(prefix -> "tensor = " + quoted(prefix)).orElse("");
  }

  private static String applied(String word, String... arguments) {
    List<String> said = Arrays.stream(arguments).filter(argument -> !argument.isEmpty()).toList();
    return said.isEmpty() ? word : word + "(" + String.join(", ", said) + ")";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A number that is a size or a length stands without a fraction. */
  private static String constant(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? BigDecimal.valueOf(number).setScale(0, RoundingMode.UNNECESSARY).toPlainString()
        : number(number);
  }

  /** The shortest decimal that is read as this double. */
  private static String number(double number) {
    return Optional.of(Double.toString(number).replace('E', 'e'))
        .filter(_ -> Double.isFinite(number))
        .orElseThrow(() -> new IllegalArgumentException("the number " + number));
  }
}
