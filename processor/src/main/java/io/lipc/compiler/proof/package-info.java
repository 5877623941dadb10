/**
 * The phase that proves: certificates are taken from the cache, composed, or searched for, then
 * checked as they will be shipped; what is not proved is explained.
 */
@NullMarked
package io.lipc.compiler.proof;

import org.jspecify.annotations.NullMarked;
