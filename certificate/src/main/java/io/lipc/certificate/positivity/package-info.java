/**
 * Quadratic forms over numbers that are exact or enclosed, and three procedures that decide whether
 * they are positive. The checker trusts this package as it trusts {@code BigInteger}: it is small,
 * knows nothing of networks, and is tested on its own.
 */
@NullMarked
package io.lipc.certificate.positivity;

import org.jspecify.annotations.NullMarked;
