/** The javac adapter: the only package that knows annotation processing. */
@NullMarked
package io.lipc.processor;

import org.jspecify.annotations.NullMarked;
