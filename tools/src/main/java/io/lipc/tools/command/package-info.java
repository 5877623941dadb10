/**
 * The common part of commands: exit codes, errors of input, options with the same meaning
 * everywhere, progress.
 */
@NullMarked
package io.lipc.tools.command;

import org.jspecify.annotations.NullMarked;
