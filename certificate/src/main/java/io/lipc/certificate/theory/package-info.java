/**
 * The part of the trusted core that needs no matrix inequality: bounds from linf by magnitudes, and
 * the theorem that bounds a network by the way its weights are made. The proofs stand above the
 * code.
 */
@NullMarked
package io.lipc.certificate.theory;

import org.jspecify.annotations.NullMarked;
