/**
 * The search for Lipschitz bounds of given networks, and for pairs of inputs that refute them. It
 * proposes; a bound is a fact only when the checker of certificates has accepted it.
 */
@NullMarked
package io.lipc.certifier;

import org.jspecify.annotations.NullMarked;
