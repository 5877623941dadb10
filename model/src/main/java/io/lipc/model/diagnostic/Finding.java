package io.lipc.model.diagnostic;

/** A fault at a place of a declaration. */
public record Finding(Place place, Diagnostic diagnostic) {}
