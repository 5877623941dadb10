/**
 * The activations of layers, one annotation each, those included that lipc always refuses. They
 * have no behaviour: the processor knows them by name.
 */
@NullMarked
package io.lipc.annotations.activation;

import org.jspecify.annotations.NullMarked;
