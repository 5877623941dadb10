/**
 * Rounded weights with their proof: the files that they go into, and what is certified of their
 * answers on samples that took no part in training.
 */
@NullMarked
package io.lipc.training.frozen;

import org.jspecify.annotations.NullMarked;
