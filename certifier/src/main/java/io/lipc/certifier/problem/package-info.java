/**
 * What is to be bounded, as the search sees it: the units of a network with their weights, what is
 * known of each, and the prover, which asks the checker.
 */
@NullMarked
package io.lipc.certifier.problem;

import org.jspecify.annotations.NullMarked;
