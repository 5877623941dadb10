/** The driver: a straight list of phases from declarations to generated code, without javac. */
@NullMarked
package io.lipc.compiler;

import org.jspecify.annotations.NullMarked;
