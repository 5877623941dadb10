/**
 * What comes from elsewhere: files by their content, with what makes something of them that lipc
 * reads, and models of other formats as declarations with their weights.
 */
@NullMarked
package io.lipc.compiler.foreign;

import org.jspecify.annotations.NullMarked;
