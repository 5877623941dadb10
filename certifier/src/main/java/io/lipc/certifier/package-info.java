/**
 * The untrusted search: linear algebra, bounds and multipliers. Nothing here is believed before the
 * checker has accepted it.
 */
@NullMarked
package io.lipc.certifier;

import org.jspecify.annotations.NullMarked;
