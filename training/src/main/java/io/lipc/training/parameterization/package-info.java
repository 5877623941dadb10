/**
 * Maps from free parameters to weights, called <em>direct</em> to <em>explicit</em> in the
 * literature, and their derivatives. All arithmetic is double.
 */
@NullMarked
package io.lipc.training.parameterization;

import org.jspecify.annotations.NullMarked;
