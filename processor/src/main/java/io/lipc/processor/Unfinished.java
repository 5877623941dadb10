package io.lipc.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/**
 * Interfaces that call a network whose type does not exist yet: another processor may generate it
 * in a later round. If none does, javac reports the missing type itself.
 */
final class Unfinished {

  private Unfinished() {}

  static boolean refersToMissingType(TypeElement type, Elements elements) {
    for (Element member : type.getEnclosedElements()) {
      for (Annotated annotated : Annotated.on(member, elements)) {
        if (annotated.is("Call")
            && annotated.type("value").filter(t -> t.getKind() == TypeKind.DECLARED).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }
}
