/** What the checker says, and how its parts say it. It knows nothing of networks or numbers. */
@NullMarked
package io.lipc.certificate.verdict;

import org.jspecify.annotations.NullMarked;
