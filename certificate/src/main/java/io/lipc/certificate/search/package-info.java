/**
 * Questions that a search for a proof may ask the checker, and the cuts of boxes, which searches of
 * several modules make. This package is not trusted.
 */
@NullMarked
package io.lipc.certificate.search;

import org.jspecify.annotations.NullMarked;
