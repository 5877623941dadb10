/**
 * The backend for devices: the tasks that TornadoVM compiles, the class that starts them, and the
 * rules of its language that they keep.
 */
@NullMarked
package io.lipc.kernels.tornado;

import org.jspecify.annotations.NullMarked;
