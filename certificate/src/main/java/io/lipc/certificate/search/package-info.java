/** What whoever searches for a proof may ask of the checker. Nothing here is trusted. */
@NullMarked
package io.lipc.certificate.search;

import org.jspecify.annotations.NullMarked;
