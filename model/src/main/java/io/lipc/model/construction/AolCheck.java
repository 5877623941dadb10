package io.lipc.model.construction;

import io.lipc.certificate.linear.Convolution;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Diagnostic;
import java.util.Optional;

/** The hypotheses of {@code parameters aol}: a chain of layers whose channels are scaled. */
final class AolCheck extends NormOneCheck {

  /**
   * The check of a network.
   *
   * @param declaration what {@code checked} was made from
   */
  AolCheck(Declaration declaration, CheckedNetwork checked) {
    super(
        declaration,
        checked,
        new NormOneDiagnostics(Construction.AOL.word(), "almost orthogonal", false));
  }

  /**
   * The scaling of channels needs only that all outputs of a kernel read all inputs: steps of
   * several pixels leave rows of the matrix out, and gaps between taps change no sum of products.
   */
  @Override
  Optional<Diagnostic> kernelFault(Convolution map, String layer, NormOneDiagnostics say) {
    return Optional.empty();
  }
}
