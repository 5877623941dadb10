/**
 * Training on GPUs and other accelerators, by TornadoVM: the kernels of layers and of their
 * adjoints, the task graphs of a step, and the comparison with the JVM before anything is trained.
 */
@NullMarked
package io.lipc.training.tornado;

import org.jspecify.annotations.NullMarked;
