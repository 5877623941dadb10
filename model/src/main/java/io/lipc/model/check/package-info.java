/**
 * Turns declarations into networks: each rule of the language is a small check that gives findings;
 * a declaration without errors becomes a network in canonical form.
 */
@NullMarked
package io.lipc.model.check;

import org.jspecify.annotations.NullMarked;
