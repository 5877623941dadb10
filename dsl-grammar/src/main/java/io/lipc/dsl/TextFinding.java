package io.lipc.dsl;

import io.lipc.model.diagnostic.Diagnostic;

/** A fault at a place of a source text. */
public record TextFinding(Span span, Diagnostic diagnostic) {}
