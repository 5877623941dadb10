/**
 * The audit in the tests of all modules: what lipc's checker is asked there, {@code Audit} is asked
 * too. For tests alone; no other class of lipc knows of it.
 */
@NullMarked
package io.lipc.audit;

import org.jspecify.annotations.NullMarked;
