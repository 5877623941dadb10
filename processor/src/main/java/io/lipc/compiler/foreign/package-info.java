/**
 * Files from elsewhere: kinds of files by their content, with commands that convert them, and
 * models of other formats as declarations with their weights.
 */
@NullMarked
package io.lipc.compiler.foreign;

import org.jspecify.annotations.NullMarked;
