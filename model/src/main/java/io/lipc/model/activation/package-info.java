/**
 * The activations of the language: of each element, of groups, and linear ones, with their
 * parameters and slopes, and those that are refused.
 */
@NullMarked
package io.lipc.model.activation;

import org.jspecify.annotations.NullMarked;
