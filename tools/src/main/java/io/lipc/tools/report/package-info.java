/**
 * {@code lipc report}: what is known about the networks of a model or a module, gathered for a
 * page.
 */
@NullMarked
package io.lipc.tools.report;

import org.jspecify.annotations.NullMarked;
