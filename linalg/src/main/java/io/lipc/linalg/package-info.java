/**
 * Dense linear algebra in doubles over row arrays. Results are the same to the last bit whatever
 * the threads are, and estimates: nothing is proved by them. {@link io.lipc.linalg.Dense} is for
 * large matrices and several threads, {@link io.lipc.linalg.MatrixProduct} for small ones and one.
 */
@NullMarked
package io.lipc.linalg;

import org.jspecify.annotations.NullMarked;
