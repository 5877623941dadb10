package io.lipc.training;

import io.lipc.certificate.Certificate;
import io.lipc.formats.Weights;
import java.util.Optional;

/**
 * Weights that stay as they are while other networks are trained.
 *
 * @param weights exactly the tensors that the network names
 * @param carried the certificate in their file, if there is one; nobody has checked it
 */
public record GivenWeights(Weights weights, Optional<Certificate> carried) {

  /** Weights whose bound is to be searched for. */
  public GivenWeights(Weights weights) {
    this(weights, Optional.empty());
  }
}
