package io.lipc.processor;

import io.lipc.formats.ElementType;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import io.lipc.model.Step;
import io.lipc.model.WeightsSource;
import io.lipc.model.diagnostic.ClaimDiagnostics;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.Finding;
import io.lipc.model.diagnostic.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * Reads an annotated interface: a layer is a method, its parameters are the layers that it reads.
 * The checks that both front ends share decide the meaning later; here only patterns of annotations
 * without a meaning are refused.
 */
final class JavaFrontEnd {

  private final TypeElement type;
  private final Elements elements;
  private final List<Located> faults = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Place, Position> positions = new HashMap<>();
  private final Set<String> wrongTypes = new HashSet<>();
  private final List<Annotated> onType;
  private Optional<String> output = Optional.empty();

  private JavaFrontEnd(TypeElement type, Elements elements) {
    this.type = type;
    this.elements = elements;
    this.onType = Annotated.on(type, elements);
  }

  /**
   * The declaration that was read, with its faults.
   *
   * @param declared empty if the annotations form no declaration
   * @param faults of the annotations
   */
  record Result(Optional<Declared> declared, List<Located> faults) {}

  static Result read(TypeElement type, Elements elements) {
    return new JavaFrontEnd(type, elements).read();
  }

  private Result read() {
    positions.put(new Place.OfNetwork(), Position.of(type));
    ElementType precision = precision();
    for (ExecutableElement method : methods()) {
      readMethod(method, precision);
    }
    checkInherited();
    Declaration declaration =
        new Declaration(
            Names.network(type, elements),
            Names.documentation(type, elements),
            properties(),
            weights(),
            precision,
            steps,
            output,
            Optional.empty());
    Map<Place, Position> known = Map.copyOf(positions);
    Declared declared = new Declared(declaration, type, finding -> locate(finding, known, steps));
    return new Result(faults.isEmpty() ? Optional.of(declared) : Optional.empty(), faults);
  }

  private static Located locate(Finding finding, Map<Place, Position> positions, List<Step> steps) {
    Place place = finding.place();
    while (!positions.containsKey(place)) {
      place = place.wider();
    }
    return Located.of(positions.get(place), explained(finding, steps));
  }

  /** Adds to a message that a parameter's name says which layer is read. */
  private static Diagnostic explained(Finding finding, List<Step> steps) {
    Diagnostic said = finding.diagnostic();
    if (said.id() != DiagnosticId.UNKNOWN_NAME
        || !(finding.place() instanceof Place.OfOperand(int step, _))) {
      return said;
    }
    Diagnostic explained = said.reason("a parameter has the name of the layer that it reads");
    boolean suggested =
        said.lines().stream().anyMatch(line -> line.label() == Diagnostic.Label.HELP);
    return suggested || step == 0
        ? explained
        : explained.help(
            "rename the parameter to the layer, such as `" + steps.get(step - 1).name() + "`");
  }

  private List<ExecutableElement> methods() {
    List<ExecutableElement> methods = new ArrayList<>();
    for (var member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method && member.getKind() == ElementKind.METHOD) {
        if (method.getModifiers().contains(Modifier.ABSTRACT)) {
          methods.add(method);
        } else {
          checkPlain(method);
        }
      }
    }
    return methods;
  }

  /** A method with a body is no layer: one with annotations was meant to be one. */
  private void checkPlain(ExecutableElement method) {
    Annotated.on(method, elements).stream()
        .findFirst()
        .ifPresent(first -> faults.add(hasBody(method, first)));
  }

  private static Located hasBody(ExecutableElement method, Annotated annotated) {
    String name = method.getSimpleName().toString();
    String word =
        Stream.of(Modifier.DEFAULT, Modifier.STATIC, Modifier.PRIVATE)
            .filter(method.getModifiers()::contains)
            .map(Modifier::toString)
            .findFirst()
            .orElse("");
    return Located.of(
        Position.of(annotated),
        Diagnostics.declarationInvalid(
            "layer `" + name + "` has a body, as " + word + " methods do",
            "an abstract method, without a body, for each layer",
            "@" + annotated.name() + " on a " + word + " method",
            "remove `" + word + "` and the body; or the annotation, if it is no layer"));
  }

  /**
   * Refuses inherited members: an interface declares its network alone, and a layer from elsewhere
   * would be overlooked.
   */
  private void checkInherited() {
    for (var member : elements.getAllMembers(type)) {
      Element owner = member.getEnclosingElement();
      if (member.getKind() == ElementKind.METHOD
          && member.getModifiers().contains(Modifier.ABSTRACT)
          && !type.equals(owner)) {
        faults.add(
            Located.of(
                Position.of(type),
                Diagnostics.declarationInvalid(
                    "network `" + type.getSimpleName() + "` inherits from `" + owner + "`",
                    "layers that are declared in the interface itself",
                    "inherited method `" + member.getSimpleName() + "`",
                    "declare the layers here, or call the other network with @Call")));
        return;
      }
    }
  }

  private List<Property> properties() {
    onType.forEach(
        annotated ->
            PropertyAnnotations.fault(annotated)
                .ifPresent(fault -> faults.add(Located.of(Position.of(annotated), fault))));
    List<Property> properties =
        onType.stream()
            .flatMap(annotated -> PropertyAnnotations.of(annotated, positions).stream())
            .toList();
    boolean bounded = properties.stream().anyMatch(Property.Lipschitz.class::isInstance);
    properties.stream()
        .filter(Property::needsBound)
        .filter(_ -> !bounded)
        .forEach(property -> faults.add(withoutBound(property)));
    return properties;
  }

  private Located withoutBound(Property property) {
    Position position =
        Objects.requireNonNull(positions.get(new Place.OfClaim(property.word())), property.word());
    return Located.of(
        position, ClaimDiagnostics.withoutBound(Names.network(type, elements), property));
  }

  private WeightsSource weights() {
    Optional<String> file = Optional.empty();
    Optional<Construction> construction = Optional.empty();
    for (Annotated annotated : onType) {
      if (annotated.is("WeightsFile")) {
        positions.put(new Place.OfWeights(), Position.ofMember(annotated, "value"));
        file = Optional.of(annotated.text("value"));
      } else if (annotated.is("Parameterized")) {
        positions.put(new Place.OfParameters(), Position.ofMember(annotated, "value"));
        construction = Optional.of(construction(annotated.constant("value")));
      }
    }
    return WeightsSource.of(construction, file);
  }

  /** A constant that is none is javac's error; what would follow from it is not reported. */
  private static Construction construction(String constant) {
    return Arrays.stream(Construction.values())
        .filter(known -> known.name().equals(constant))
        .findFirst()
        .orElseGet(Construction::withoutFile);
  }

  private ElementType precision() {
    for (Annotated annotated : onType) {
      if (annotated.is("Precision")) {
        return annotated.constant("value").equals("F64") ? ElementType.F64 : ElementType.F32;
      }
    }
    return ElementType.F32;
  }

  private void readMethod(ExecutableElement method, ElementType precision) {
    List<Annotated> annotations = Annotated.on(method, elements);
    Optional<LayerAnnotations> sorted = LayerAnnotations.sort(method, annotations, faults);
    checkSignature(method, precision);
    if (sorted.isEmpty()) {
      return;
    }
    LayerAnnotations layer = sorted.get();
    String name = method.getSimpleName().toString();
    List<String> reads =
        method.getParameters().stream().map(p -> p.getSimpleName().toString()).toList();
    Optional<Operation> operation =
        layer
            .operation()
            .flatMap(annotated -> Operations.read(annotated, layer.tensor(), elements));
    Optional<Operation> activation = layer.activation().map(ActivationAnnotations::read);
    if (layer.operation().isPresent() && operation.isEmpty()) {
      faults.add(noNetwork(name, layer.operation().get()));
      return;
    }
    if (operation.isPresent() && activation.isPresent()) {
      String inner = Step.innerName(name, 1);
      add(method, new Step(inner, Optional.of(name), operation.get(), reads), layer.operation());
      add(method, Step.named(name, activation.get(), List.of(inner)), layer.activation());
    } else {
      Optional<Annotated> written = layer.operation().or(layer::activation);
      operation
          .or(() -> activation)
          .ifPresent(only -> add(method, Step.named(name, only, reads), written));
    }
    layer.output().ifPresent(mark -> markOutput(name, mark));
  }

  private static Located noNetwork(String layer, Annotated call) {
    String found = call.type("value").map(TypeMirror::toString).orElse("nothing");
    return Located.of(
        Position.ofMember(call, "value"),
        Diagnostics.declarationInvalid(
            "layer `" + layer + "` calls " + found + ", which is not a network",
            "an interface that is annotated @CertifiedNetwork",
            found,
            "name the interface of the network, or annotate this one @CertifiedNetwork"));
  }

  private void add(ExecutableElement method, Step step, Optional<Annotated> written) {
    int index = steps.size();
    steps.add(step);
    positions.put(new Place.OfName(index), Position.of(method));
    positions.put(new Place.OfStep(index), written.map(Position::of).orElse(Position.of(method)));
    written.ifPresent(
        annotated ->
            positions.put(new Place.OfArgument(index), Position.ofMember(annotated, "value")));
    written
        .filter(annotated -> annotated.is("Input"))
        .ifPresent(
            input ->
                positions.put(
                    new Place.OfBox(index), Position.ofMember(input, Operations.faultyEnd(input))));
    for (int k = 0; k < step.operands().size() && k < method.getParameters().size(); k++) {
      positions.put(new Place.OfOperand(index, k), Position.of(method.getParameters().get(k)));
    }
  }

  private void markOutput(String name, Annotated mark) {
    positions.putIfAbsent(new Place.OfOutput(), Position.of(mark));
    if (output.isPresent()) {
      faults.add(
          Located.of(
              Position.of(mark),
              Diagnostics.declarationInvalid(
                  "layers `" + output.get() + "` and `" + name + "` are both marked @Output",
                  "one output",
                  "a second one",
                  "join them with @Concat, or declare two networks")));
      return;
    }
    output = Optional.of(name);
  }

  /** Every layer is a vector of the network's own precision; javac checks nothing else for us. */
  private void checkSignature(ExecutableElement method, ElementType precision) {
    TypeKind element = precision == ElementType.F32 ? TypeKind.FLOAT : TypeKind.DOUBLE;
    String required = precision == ElementType.F32 ? "float[]" : "double[]";
    if (!isArrayOf(method.getReturnType(), element)) {
      wrongType(method, "gives", required, Position.of(method), method.getReturnType());
    }
    for (var parameter : method.getParameters()) {
      if (!isArrayOf(parameter.asType(), element)) {
        wrongType(method, "reads", required, Position.of(parameter), parameter.asType());
      }
    }
  }

  /** A type that is wrong everywhere, for want of one @Precision, is one fault. */
  private void wrongType(
      ExecutableElement method, String verb, String required, Position at, TypeMirror found) {
    if (!wrongTypes.add(found.toString())) {
      return;
    }
    String format = required.equals("float[]") ? "F64" : "F32";
    boolean other = found.toString().equals(format.equals("F64") ? "double[]" : "float[]");
    faults.add(
        Located.of(
            at,
            Diagnostics.declarationInvalid(
                String.format(
                    "layer `%s` %s %s instead of %s",
                    method.getSimpleName(), verb, found, required),
                required,
                found.toString(),
                "declare every layer and its operands as "
                    + required
                    + (other
                        ? ", or annotate the interface @Precision(FloatFormat." + format + ")"
                        : ""))));
  }

  private static boolean isArrayOf(TypeMirror type, TypeKind element) {
    return type.getKind() == TypeKind.ARRAY
        && ((ArrayType) type).getComponentType().getKind() == element;
  }
}
