/**
 * Bounds of the margins between two outputs of a network. {@link
 * io.lipc.certificate.margin.PairBounds} says which certificate is about them, and what follows
 * from it once the checker has accepted it: radii rest on this package, no Lipschitz bound of a
 * network does.
 */
@NullMarked
package io.lipc.certificate.margin;

import org.jspecify.annotations.NullMarked;
