/**
 * The annotations that declare a network in Java: its claims, its inputs and weights, and its
 * layers but for activations, which are in {@link io.lipc.annotations.activation}. They have no
 * behaviour: the processor knows them by name.
 */
@NullMarked
package io.lipc.annotations;

import org.jspecify.annotations.NullMarked;
