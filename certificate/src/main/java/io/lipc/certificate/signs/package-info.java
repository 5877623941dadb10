/**
 * How far the difference of two outputs may fall around one input: the signs of what units read
 * there add this to the proofs of pairs. Trusted by radii alone.
 */
@NullMarked
package io.lipc.certificate.signs;

import org.jspecify.annotations.NullMarked;
