/**
 * A training run: losses and their evaluation, the optimiser, the split into parts, checkpoints,
 * and progress, from samples and free parameters to the parameters with the smallest held-out loss.
 */
@NullMarked
package io.lipc.training.run;

import org.jspecify.annotations.NullMarked;
