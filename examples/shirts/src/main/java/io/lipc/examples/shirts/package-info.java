/** Images of clothes, 28 by 28 pixels, classified by certified convolutional networks. */
@NullMarked
package io.lipc.examples.shirts;

import org.jspecify.annotations.NullMarked;
