/**
 * {@code lipc check}, {@code certify} and {@code verify}: proofs are searched for, or checked
 * without any search.
 */
@NullMarked
package io.lipc.tools.certify;

import org.jspecify.annotations.NullMarked;
