/**
 * The problem as the search sees it: the units of a network with their weights and their
 * properties, and the prover, which asks the checker.
 */
@NullMarked
package io.lipc.certifier.problem;

import org.jspecify.annotations.NullMarked;
