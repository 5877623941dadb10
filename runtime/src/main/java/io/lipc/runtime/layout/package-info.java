/** The layouts of weights and images in arrays, and spare arrays to work in. */
@NullMarked
package io.lipc.runtime.layout;

import org.jspecify.annotations.NullMarked;
