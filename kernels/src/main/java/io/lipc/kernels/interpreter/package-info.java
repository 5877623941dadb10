/** What graphs mean: reference interpreters in doubles, which generated code is compared with. */
@NullMarked
package io.lipc.kernels.interpreter;

import org.jspecify.annotations.NullMarked;
