/**
 * The functions of the language: value, slope, and for elementwise ones an enclosure over an
 * interval and how far the computed value can be from the real one. The one home of all of these;
 * what trains, certifies, interprets or runs a network delegates to it. It knows no networks and no
 * proofs, and the checker does not know it.
 */
@NullMarked
package io.lipc.certificate.function;

import org.jspecify.annotations.NullMarked;
