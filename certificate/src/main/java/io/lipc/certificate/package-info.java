/**
 * Certificates: a flat list of units, the digests of their tensors, and a proof that the checker
 * can follow with integers. This package does not know the certifier or the model.
 */
@NullMarked
package io.lipc.certificate;

import org.jspecify.annotations.NullMarked;
