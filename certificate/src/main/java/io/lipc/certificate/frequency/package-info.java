/**
 * Gains of convolutions by frequency: an image on a torus is a sum of waves, and a convolution does
 * to each wave what one small complex matrix says.
 */
@NullMarked
package io.lipc.certificate.frequency;

import org.jspecify.annotations.NullMarked;
