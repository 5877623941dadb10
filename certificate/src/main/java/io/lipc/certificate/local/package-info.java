/**
 * Knowledge about a network whose inputs stay in a box: bounds of every value, and the slopes of
 * each element of each activation. Proofs of local bounds use these slopes in place of those that
 * hold for all inputs. The checker computes them from the box and the weights: no certificate says
 * any of them.
 */
@NullMarked
package io.lipc.certificate.local;

import org.jspecify.annotations.NullMarked;
