/** One page of HTML about networks and their bounds: pure functions from records to markup. */
@NullMarked
package io.lipc.tools.page;

import org.jspecify.annotations.NullMarked;
