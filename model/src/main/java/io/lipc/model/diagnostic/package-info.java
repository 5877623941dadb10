/**
 * What is said about declarations: every error, warning and note as a value, made by a factory
 * method of its own, with the place that it is about.
 */
@NullMarked
package io.lipc.model.diagnostic;

import org.jspecify.annotations.NullMarked;
