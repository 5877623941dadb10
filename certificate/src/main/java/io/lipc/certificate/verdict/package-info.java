/** The answers of the checker and of its parts. This package knows no networks and no numbers. */
@NullMarked
package io.lipc.certificate.verdict;

import org.jspecify.annotations.NullMarked;
