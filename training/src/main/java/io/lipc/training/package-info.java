/**
 * Training of networks whose Lipschitz bound holds by construction: from a declared network to its
 * free parameters, and from trained parameters to certified weights.
 */
@NullMarked
package io.lipc.training;

import org.jspecify.annotations.NullMarked;
