/**
 * The engine: runs a network and its reverse over a batch of samples, on the JVM in double, or on a
 * device that another module finds.
 */
@NullMarked
package io.lipc.training.batch;

import org.jspecify.annotations.NullMarked;
