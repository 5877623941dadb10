/**
 * The backend for the JVM: the class that is generated for a network, with how Java writes its
 * numbers, names and activations.
 */
@NullMarked
package io.lipc.kernels.java;

import org.jspecify.annotations.NullMarked;
