/**
 * What the sign of each unit's input adds to the proofs of pairs, at one input: how far the
 * difference of two outputs may fall. Trusted by radii alone.
 */
@NullMarked
package io.lipc.certificate.signs;

import org.jspecify.annotations.NullMarked;
