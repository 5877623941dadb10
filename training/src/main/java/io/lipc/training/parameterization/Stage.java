package io.lipc.training.parameterization;

/** A part of a chain that moves no two values further apart in l2, and reads the part before it. */
public sealed interface Stage permits NonexpansiveLayer, PassingActivation, ResidualLayer {}
