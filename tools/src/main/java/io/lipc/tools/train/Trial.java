package io.lipc.tools.train;

/**
 * One training of a search.
 *
 * @param loss what it tries
 * @param epochs the most that it has
 * @param split how much the seed of its parts exceeds that of the command
 */
record Trial(LossConstants loss, int epochs, int split) {}
