/**
 * The annotations that declare a network in Java. They have no behaviour: the processor knows them
 * by name.
 */
@NullMarked
package io.lipc.annotations;

import org.jspecify.annotations.NullMarked;
