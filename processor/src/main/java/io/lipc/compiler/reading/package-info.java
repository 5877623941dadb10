/**
 * What is to be compiled, and in which order: declarations, the files that they name, their
 * weights.
 */
@NullMarked
package io.lipc.compiler.reading;

import org.jspecify.annotations.NullMarked;
