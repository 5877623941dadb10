/**
 * The part of the trusted core that knows activations, elementwise or of groups of neighbouring
 * elements, by their names and constants alone. What is known of each stands with its proof.
 */
@NullMarked
package io.lipc.certificate.activation;

import org.jspecify.annotations.NullMarked;
