/**
 * The part of the trusted core that needs no weights: the slopes of activations, and the theorems
 * that bound a network by the way its weights are made. The proofs stand above the code.
 */
@NullMarked
package io.lipc.certificate.theory;

import org.jspecify.annotations.NullMarked;
