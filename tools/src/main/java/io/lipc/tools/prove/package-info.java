/** {@code lipc prove}: queries about networks, answered with a proof or with an input. */
@NullMarked
package io.lipc.tools.prove;

import org.jspecify.annotations.NullMarked;
