/**
 * Claims beside the Lipschitz bound of a network: {@link io.lipc.certificate.further.FurtherClaims}
 * says whether a certificate is about a network, with all that it needs to be checked.
 */
@NullMarked
package io.lipc.certificate.further;

import org.jspecify.annotations.NullMarked;
