/**
 * The phase that emits: proved networks become sources and resources, for the backends that were
 * asked for.
 */
@NullMarked
package io.lipc.compiler.emission;

import org.jspecify.annotations.NullMarked;
