/**
 * Warnings and notes about networks that compile: layers without effect, arithmetic that may
 * overflow, bounds that are loose, imports that are not known, classes without radii.
 */
@NullMarked
package io.lipc.compiler.warning;

import org.jspecify.annotations.NullMarked;
