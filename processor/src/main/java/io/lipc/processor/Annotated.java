package io.lipc.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * One annotation of ours on an element. Annotations are known by name and read through mirrors, so
 * the processor works whatever version of the run-time module is on the user's class path.
 *
 * @param element what is annotated
 * @param mirror the annotation as written
 * @param values its members, defaults included, by name
 */
record Annotated(Element element, AnnotationMirror mirror, Map<String, AnnotationValue> values) {

  /** The package of annotations of networks, of their claims and of their layers. */
  static final String PACKAGE = "io.lipc.annotations";

  private static final Set<String> PACKAGES = Set.of(PACKAGE, PACKAGE + ".activation");

  /** The annotations of our packages on {@code element}, in source order. */
  static List<Annotated> on(Element element, Elements elements) {
    List<Annotated> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
      if (PACKAGES.contains(elements.getPackageOf(type).getQualifiedName().toString())) {
        found.add(new Annotated(element, mirror, members(mirror, elements)));
      }
    }
    return found;
  }

  private static Map<String, AnnotationValue> members(AnnotationMirror mirror, Elements elements) {
    Map<String, AnnotationValue> values = new TreeMap<>();
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        elements.getElementValuesWithDefaults(mirror).entrySet()) {
      values.put(entry.getKey().getSimpleName().toString(), entry.getValue());
    }
    return values;
  }

  /** The annotation's simple name: {@code Dense}. */
  String name() {
    return mirror.getAnnotationType().asElement().getSimpleName().toString();
  }

  boolean is(String name) {
    return name().equals(name);
  }

  /** A member as it stands in the source; empty if it is left to its default. */
  Optional<AnnotationValue> written(String member) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  int integer(String member) {
    return value(member, Integer.class).orElse(0);
  }

  /** A member of type double or int; NaN if it is something else. */
  double number(String member) {
    return value(member, Number.class).map(Number::doubleValue).orElse(Double.NaN);
  }

  boolean flag(String member) {
    return value(member, Boolean.class).orElse(false);
  }

  String text(String member) {
    return value(member, String.class).orElse("");
  }

  Optional<TypeMirror> type(String member) {
    return value(member, TypeMirror.class);
  }

  /** The name of an enum constant; empty if the member is something else. */
  String constant(String member) {
    return value(member, VariableElement.class)
        .map(constant -> constant.getSimpleName().toString())
        .orElse("");
  }

  /** The names of enum constants, in order. */
  List<String> constants(String member) {
    return items(member, VariableElement.class)
        .map(constant -> constant.getSimpleName().toString())
        .toList();
  }

  /** The elements of a member that is a list of numbers, in order. */
  List<Double> numbers(String member) {
    return items(member, Number.class).map(Number::doubleValue).toList();
  }

  /** The strings of a member that is an array of them; one alone needs no braces. */
  List<String> texts(String member) {
    return items(member, String.class).toList();
  }

  /** The annotations of a member that is a list of them, in order. */
  List<Annotated> annotations(String member) {
    return items(member, AnnotationMirror.class).map(this::within).toList();
  }

  private Annotated within(AnnotationMirror inner) {
    Map<String, AnnotationValue> members = new TreeMap<>();
    inner
        .getElementValues()
        .forEach((name, written) -> members.put(name.getSimpleName().toString(), written));
    return new Annotated(element, inner, members);
  }

  List<Integer> integers(String member) {
    return items(member, Integer.class).toList();
  }

  /** The items of a list that have their type; others are a compile error of javac's own. */
  private <T> Stream<T> items(String member, Class<T> type) {
    List<?> list = rawValue(member) instanceof List<?> found ? found : List.of();
    return list.stream()
        .filter(AnnotationValue.class::isInstance)
        .map(item -> ((AnnotationValue) item).getValue())
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** A member that does not have its type is a compile error of javac's own: then empty. */
  private <T> Optional<T> value(String member, Class<T> type) {
    Object raw = rawValue(member);
    return type.isInstance(raw) ? Optional.of(type.cast(raw)) : Optional.empty();
  }

  private Object rawValue(String member) {
    AnnotationValue value = values.get(member);
    return value == null ? "" : value.getValue();
  }
}
