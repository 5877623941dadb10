package io.lipc.compiler.reading;

import io.lipc.model.Declaration;

/**
 * One network to compile.
 *
 * @param declaration what was written
 * @param declaredBy the qualified name of the interface or file that brings it in
 * @param files what a later build compares
 */
public record Request(Declaration declaration, String declaredBy, DeclaredIn files) {

  /** One of which the build keeps itself what it was made from. */
  public Request(Declaration declaration, String declaredBy) {
    this(declaration, declaredBy, DeclaredIn.UNKNOWN);
  }
}
