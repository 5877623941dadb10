/** The value of a car, which is proved not to fall as its power rises. */
@NullMarked
package io.lipc.examples.cars;

import org.jspecify.annotations.NullMarked;
