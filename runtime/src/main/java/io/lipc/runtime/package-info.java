/**
 * The library of generated classes and their callers: loading with verification, inference,
 * certified radii.
 */
@NullMarked
package io.lipc.runtime;

import org.jspecify.annotations.NullMarked;
