/**
 * Certified networks on GPUs and other accelerators, by TornadoVM: devices, plans for few numbers
 * of rows, execution with its proof.
 */
@NullMarked
package io.lipc.runtime.tornado;

import org.jspecify.annotations.NullMarked;
