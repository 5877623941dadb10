/**
 * VNN-LIB queries, versions 1.0 to 2.1: a reader that is small enough to be trusted, what a query
 * says as immutable values, the box of its inputs, and its canonical text. Numbers are exact, and
 * no part of a text is ignored: the reader accepts a construct or refuses it with its place.
 */
@NullMarked
package io.lipc.queries;

import org.jspecify.annotations.NullMarked;
