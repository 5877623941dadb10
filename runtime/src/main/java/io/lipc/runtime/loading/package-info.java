/**
 * Checks of loading: the tensors that a certificate names, and the bound that a network promised.
 */
@NullMarked
package io.lipc.runtime.loading;

import org.jspecify.annotations.NullMarked;
