/** What loading checks of files: the tensors of a certificate, and what a network promised. */
@NullMarked
package io.lipc.runtime.loading;

import org.jspecify.annotations.NullMarked;
