/**
 * The part of the trusted core that knows activations of groups: neighbouring elements that are
 * mapped together. What is known of each is written as coefficients, with its proof.
 */
@NullMarked
package io.lipc.certificate.groups;

import org.jspecify.annotations.NullMarked;
