package io.lipc.dsl;

import io.lipc.model.Diagnostic;

/** A fault at a place of a source text. */
public record TextFinding(Span span, Diagnostic diagnostic) {}
