package io.lipc.processor;

import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.Diagnostics;
import io.lipc.model.diagnostic.PlannedOperation;
import io.lipc.model.diagnostic.RefusedOperation;
import io.lipc.model.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/**
 * Interfaces that name a type which does not exist yet, a network that is called or an annotation:
 * another processor may generate it in a later round. If none does, javac reports it itself.
 */
final class Unfinished {

  /** The annotations of interfaces that may be misspelt and still lead here. */
  private static final Set<String> CLAUSES =
      Stream.concat(
              PropertyAnnotations.NAMES.stream(),
              Stream.of("WeightsFile", "Parameterized", "Precision"))
          .collect(Collectors.toUnmodifiableSet());

  private Unfinished() {}

  static boolean refersToMissingType(TypeElement type, Elements elements) {
    if (hasMissingAnnotation(type)) {
      return true;
    }
    for (Element member : type.getEnclosedElements()) {
      if (hasMissingAnnotation(member)) {
        return true;
      }
      for (Annotated annotated : Annotated.on(member, elements)) {
        if (annotated.is("Call")
            && annotated.type("value").filter(t -> t.getKind() != TypeKind.ERROR).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasMissingAnnotation(Element element) {
    return element.getAnnotationMirrors().stream().anyMatch(Unfinished::isMissing);
  }

  private static boolean isMissing(AnnotationMirror mirror) {
    return mirror.getAnnotationType().getKind() == TypeKind.ERROR;
  }

  /** Explains missing annotations, beside javac's own message. */
  static List<Located> explain(TypeElement type) {
    List<Located> explained = new ArrayList<>();
    explain(type, CLAUSES, explained);
    type.getEnclosedElements()
        .forEach(member -> explain(member, LayerAnnotations.names(), explained));
    return explained;
  }

  private static void explain(Element element, Set<String> known, List<Located> explained) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (isMissing(mirror)) {
        Position position = new Position(element, Optional.of(mirror), Optional.empty());
        String name = mirror.getAnnotationType().asElement().getSimpleName().toString();
        meant(name, known).ifPresent(said -> explained.add(Located.of(position, said)));
      }
    }
  }

  private static Optional<Diagnostic> meant(String name, Set<String> known) {
    return RefusedOperation.named(name)
        .map(refused -> refused.refusal("@" + name))
        .or(
            () ->
                PlannedOperation.named(name)
                    .map(later -> Diagnostics.notInThisVersion("@" + name, later)))
        .or(
            () ->
                Suggestions.closest(name, known)
                    .map(_ -> Diagnostics.unknownName("annotation", name, known)));
  }
}
