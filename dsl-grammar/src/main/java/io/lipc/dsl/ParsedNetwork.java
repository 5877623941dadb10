package io.lipc.dsl;

import io.lipc.model.Declaration;

/** A network as it was written, and where each part of it was written. */
public record ParsedNetwork(Declaration declaration, TextPositions positions) {}
