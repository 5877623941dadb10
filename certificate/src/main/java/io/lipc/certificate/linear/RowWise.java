package io.lipc.certificate.linear;

import java.util.Optional;

/** A map that does the same to rows of several elements as to single ones. */
public sealed interface RowWise extends LinearMap permits Concatenation, Identity, Scaling, Sum {

  @Override
  default Optional<LinearMap> onRows() {
    return Optional.of(this);
  }
}
