/**
 * A training run, from samples and free parameters to the parameters with the smallest held-out
 * loss: the tasks (classes or numbers) with their losses, the optimiser, the split into parts,
 * checkpoints, and progress.
 */
@NullMarked
package io.lipc.training.run;

import org.jspecify.annotations.NullMarked;
