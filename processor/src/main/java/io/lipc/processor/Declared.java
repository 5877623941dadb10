package io.lipc.processor;

import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Finding;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.TypeElement;

/**
 * A declaration of either front end.
 *
 * @param declaration what was written
 * @param origin the annotated interface that brings it in
 * @param locate turns a finding on the declaration into a message for javac
 * @param ships the file of weights that was made for it, if its own holds more than weights
 */
record Declared(
    Declaration declaration,
    TypeElement origin,
    Function<Finding, Located> locate,
    Optional<ShippedFile> ships) {

  /** One whose files ship as they are. */
  Declared(Declaration declaration, TypeElement origin, Function<Finding, Located> locate) {
    this(declaration, origin, locate, Optional.empty());
  }
}
