/**
 * The text form of the language: from a source text to declarations with positions. ANTLR stays
 * inside this module.
 */
@NullMarked
package io.lipc.dsl;

import org.jspecify.annotations.NullMarked;
