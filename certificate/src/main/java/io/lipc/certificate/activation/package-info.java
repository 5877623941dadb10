/**
 * The part of the trusted core that knows activations, elementwise or of groups of neighbouring
 * elements, by their names and constants alone. The properties of each activation stand with their
 * proof.
 */
@NullMarked
package io.lipc.certificate.activation;

import org.jspecify.annotations.NullMarked;
