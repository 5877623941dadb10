/**
 * The bound methods, one class each: a way to prove an upper bound of one problem, and what says
 * when it applies and when it pays.
 */
@NullMarked
package io.lipc.certifier.bound;

import org.jspecify.annotations.NullMarked;
