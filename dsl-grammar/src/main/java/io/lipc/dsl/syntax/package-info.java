/**
 * The lexer and the parser that ANTLR generates from {@code LipSyntax.g4}. Only {@code io.lipc.dsl}
 * uses them.
 */
package io.lipc.dsl.syntax;
