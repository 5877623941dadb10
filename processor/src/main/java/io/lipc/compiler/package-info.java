/**
 * The compiler as a list of phases, without javac: from declarations to generated code, or to what
 * is wrong with them.
 */
@NullMarked
package io.lipc.compiler;

import org.jspecify.annotations.NullMarked;
