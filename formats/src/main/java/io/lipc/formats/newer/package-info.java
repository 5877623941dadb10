/** What the Java of the build has and the oldest Java that runs it has not. */
@NullMarked
package io.lipc.formats.newer;

import org.jspecify.annotations.NullMarked;
