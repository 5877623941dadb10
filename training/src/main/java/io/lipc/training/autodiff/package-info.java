/**
 * Differentiable linear algebra in doubles: matrices are row arrays that nobody writes, each
 * operation is a pure pair of a value and its reverse mode.
 */
@NullMarked
package io.lipc.training.autodiff;

import org.jspecify.annotations.NullMarked;
