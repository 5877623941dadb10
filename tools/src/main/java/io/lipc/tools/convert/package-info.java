/** {@code lipc import} and {@code lipc export}: models of other formats, from them and to them. */
@NullMarked
package io.lipc.tools.convert;

import org.jspecify.annotations.NullMarked;
