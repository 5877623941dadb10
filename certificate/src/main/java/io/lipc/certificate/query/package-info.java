/**
 * Queries that no input satisfies: the linear forms that their comparisons are about, behind the
 * network, and what ranges of these say of a formula.
 */
@NullMarked
package io.lipc.certificate.query;

import org.jspecify.annotations.NullMarked;
