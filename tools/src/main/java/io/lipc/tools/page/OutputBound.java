package io.lipc.tools.page;

import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;

/**
 * Bounds of a single output, which is a network of its own.
 *
 * @param name what the output is called: its number, from 0, where it has no name
 * @param certified the least bound that was proved of it
 * @param lower two inputs reach it
 */
public record OutputBound(String name, UpperBound certified, LowerBound lower) {}
