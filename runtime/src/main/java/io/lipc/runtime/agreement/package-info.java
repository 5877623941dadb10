/**
 * The reference that code is compared with: evaluation in one order, the inputs that are tried, and
 * how far rounding may move outputs.
 */
@NullMarked
package io.lipc.runtime.agreement;

import org.jspecify.annotations.NullMarked;
