/** The documentation as a site: from the Markdown of the repository to pages of HTML. */
@NullMarked
package io.lipc.site;

import org.jspecify.annotations.NullMarked;
