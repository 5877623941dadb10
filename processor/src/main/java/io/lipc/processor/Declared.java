package io.lipc.processor;

import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Finding;
import java.util.function.Function;
import javax.lang.model.element.TypeElement;

/**
 * A declaration of either front end.
 *
 * @param declaration what was written
 * @param origin the annotated interface that brings it in
 * @param locate turns a finding on the declaration into a message for javac
 */
record Declared(Declaration declaration, TypeElement origin, Function<Finding, Located> locate) {}
