package io.lipc.compiler.reading;

import io.lipc.formats.Digest;
import java.util.Optional;

/**
 * The files that declare a network, by their digests: a later build holds what there is then
 * against them.
 *
 * @param source the source file of the interface, where the compiler tells which
 * @param text the text or the model that the interface names, if it names one
 */
public record DeclaredIn(Optional<Digest> source, Optional<Digest> text) {

  /** A place that is not known, or known to the caller. */
  public static final DeclaredIn UNKNOWN = new DeclaredIn(Optional.empty(), Optional.empty());
}
