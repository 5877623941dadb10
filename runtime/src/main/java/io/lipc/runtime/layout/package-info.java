/** How weights and images lie in arrays, and spare arrays to work in. */
@NullMarked
package io.lipc.runtime.layout;

import org.jspecify.annotations.NullMarked;
