/** The command line. */
@NullMarked
package io.lipc.tools;

import org.jspecify.annotations.NullMarked;
