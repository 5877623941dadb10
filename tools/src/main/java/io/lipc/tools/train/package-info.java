/** {@code lipc train}: from a declaration and a table to certified weights. */
@NullMarked
package io.lipc.tools.train;

import org.jspecify.annotations.NullMarked;
