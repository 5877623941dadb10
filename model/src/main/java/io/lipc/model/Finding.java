package io.lipc.model;

/** A fault at a place of a declaration. */
public record Finding(Place place, Diagnostic diagnostic) {}
