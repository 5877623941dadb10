package io.lipc.tools.page;

import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;

/**
 * Bounds of a single output, which is a network of its own.
 *
 * @param output its number, from 0
 * @param certified the least bound that was proved of it
 * @param lower two inputs reach it
 */
public record OutputBound(int output, UpperBound certified, LowerBound lower) {}
