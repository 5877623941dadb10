/**
 * The functions of the language as kernels for devices compute them, in F32 and in F64: additions,
 * multiplications, divisions, comparisons and whole numbers alone. The bound of each error is
 * proved above its method; rounding bounds count it as {@code DeviceErrors} of the module {@code
 * certificate} states it, which the tests here compare.
 */
@NullMarked
package io.lipc.device;

import org.jspecify.annotations.NullMarked;
