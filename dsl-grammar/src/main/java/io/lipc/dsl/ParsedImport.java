package io.lipc.dsl;

/**
 * A network of another text that a text names without its package.
 *
 * @param network its qualified name
 * @param span where the name was written
 */
public record ParsedImport(String network, Span span) {}
