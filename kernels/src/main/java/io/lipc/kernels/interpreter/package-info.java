/**
 * The meaning of graphs: reference interpreters in doubles, with which generated code is compared.
 */
@NullMarked
package io.lipc.kernels.interpreter;

import org.jspecify.annotations.NullMarked;
