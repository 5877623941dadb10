/** Questions that a search for a proof may ask the checker. This package is not trusted. */
@NullMarked
package io.lipc.certificate.search;

import org.jspecify.annotations.NullMarked;
