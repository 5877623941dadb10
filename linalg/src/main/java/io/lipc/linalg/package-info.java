/**
 * Dense linear algebra in doubles over row arrays. Its results are estimates: nothing is proved by
 * them.
 */
@NullMarked
package io.lipc.linalg;

import org.jspecify.annotations.NullMarked;
