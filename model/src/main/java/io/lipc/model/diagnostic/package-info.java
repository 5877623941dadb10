/**
 * Messages about declarations: every error, warning and note is a value, made by a factory method
 * of its own, with its place.
 */
@NullMarked
package io.lipc.model.diagnostic;

import org.jspecify.annotations.NullMarked;
