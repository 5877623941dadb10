/**
 * Certified networks on GPUs and other accelerators, by TornadoVM: devices, one plan per batch
 * size, execution with its proof.
 */
@NullMarked
package io.lipc.runtime.tornado;

import org.jspecify.annotations.NullMarked;
