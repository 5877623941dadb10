/**
 * Training of networks whose Lipschitz bound holds by construction: data, losses, the optimiser,
 * checkpoints, and the way from trained parameters to certified weights.
 */
@NullMarked
package io.lipc.training;

import org.jspecify.annotations.NullMarked;
