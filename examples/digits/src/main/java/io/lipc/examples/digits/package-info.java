/** Handwritten digits, 8 by 8 pixels, classified by a certified network. */
@NullMarked
package io.lipc.examples.digits;

import org.jspecify.annotations.NullMarked;
