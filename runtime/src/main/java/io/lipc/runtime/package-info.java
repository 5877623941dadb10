/**
 * What generated classes and their callers use: loading with verification, inference, certified
 * radii.
 */
@NullMarked
package io.lipc.runtime;

import org.jspecify.annotations.NullMarked;
