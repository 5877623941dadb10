/**
 * The input of a compilation, and its order: declarations, the files that they name, their weights.
 */
@NullMarked
package io.lipc.compiler.reading;

import org.jspecify.annotations.NullMarked;
