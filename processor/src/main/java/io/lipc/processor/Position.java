package io.lipc.processor;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * The position at which javac points: an element, and within it an annotation, and within that a
 * value.
 */
record Position(
    Element element, Optional<AnnotationMirror> annotation, Optional<AnnotationValue> value) {

  static Position of(Element element) {
    return new Position(element, Optional.empty(), Optional.empty());
  }

  static Position of(Annotated annotated) {
    return new Position(annotated.element(), Optional.of(annotated.mirror()), Optional.empty());
  }

  /** The value of the member if it is written out, else the annotation. */
  static Position ofMember(Annotated annotated, String member) {
    return new Position(
        annotated.element(), Optional.of(annotated.mirror()), annotated.written(member));
  }
}
