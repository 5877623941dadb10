/**
 * The networks that others may call: those of this compilation, and those that jars and earlier
 * compilations carry with their certificates.
 */
@NullMarked
package io.lipc.compiler.library;

import org.jspecify.annotations.NullMarked;
