/** Types that the Java of the build has, and the oldest Java that runs it does not have. */
@NullMarked
package io.lipc.formats.newer;

import org.jspecify.annotations.NullMarked;
