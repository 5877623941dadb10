/** Diagnostics for other programs: SARIF files, with the pages that explain each error. */
@NullMarked
package io.lipc.compiler.report;

import org.jspecify.annotations.NullMarked;
