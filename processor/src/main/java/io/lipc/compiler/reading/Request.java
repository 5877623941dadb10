package io.lipc.compiler.reading;

import io.lipc.model.Declaration;

/**
 * One network to compile.
 *
 * @param declaration what was written
 * @param declaredBy the qualified name of the interface or file that brings it in
 */
public record Request(Declaration declaration, String declaredBy) {}
