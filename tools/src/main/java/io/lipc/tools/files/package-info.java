/**
 * The files that commands read and write: models of all formats with the networks in them,
 * certificates, counterexamples.
 */
@NullMarked
package io.lipc.tools.files;

import org.jspecify.annotations.NullMarked;
