/** The command line, and its smaller commands. */
@NullMarked
package io.lipc.tools;

import org.jspecify.annotations.NullMarked;
