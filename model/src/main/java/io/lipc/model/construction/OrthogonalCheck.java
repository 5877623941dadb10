package io.lipc.model.construction;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Window;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Declaration;
import io.lipc.model.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * The hypotheses of layers whose weights are orthogonal, as {@code parameters orthogonal} and,
 * beside residual blocks, {@code parameters sll} make them.
 */
final class OrthogonalCheck extends NormOneCheck {

  private OrthogonalCheck(Declaration declaration, CheckedNetwork checked, NormOneDiagnostics say) {
    super(declaration, checked, say);
  }

  /**
   * The check of a network without residual blocks.
   *
   * @param declaration what {@code checked} was made from
   */
  static OrthogonalCheck ofChain(Declaration declaration, CheckedNetwork checked) {
    return new OrthogonalCheck(
        declaration,
        checked,
        new NormOneDiagnostics(Construction.ORTHOGONAL.word(), "orthogonal", false));
  }

  /**
   * The check of the layers between residual blocks.
   *
   * @param declaration what {@code checked} was made from
   * @param word the word of the language that the network has for its construction
   */
  static OrthogonalCheck besideBlocks(
      Declaration declaration, CheckedNetwork checked, String word) {
    return new OrthogonalCheck(
        declaration, checked, new NormOneDiagnostics(word, "orthogonal", true));
  }

  @Override
  Optional<Diagnostic> kernelFault(Convolution map, String layer, NormOneDiagnostics say) {
    if (OrthogonalForm.of(map).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        OrthogonalForm.isDense(map.window())
            ? strided(map.window(), layer, say)
            : say.kernel(layer, "has a kernel with gaps")
                .required("a kernel whose elements are neighbours")
                .found("dilation = " + NormOneDiagnostics.list(map.window().dilation()))
                .help("leave `dilation` out, and take a larger kernel"));
  }

  private static Diagnostic strided(Window window, String layer, NormOneDiagnostics say) {
    String kernel = NormOneDiagnostics.list(window.kernel());
    String stride = NormOneDiagnostics.list(window.stride());
    Diagnostic strided =
        say.kernel(layer, "moves by several pixels and reads some of them twice")
            .required("stride 1, or a stride of at least the kernel")
            .found("a kernel of %s that moves by %s".formatted(kernel, stride))
            .help("take a kernel as large as the stride: the windows are then apart")
            .help("or stride 1, and a pool behind it");
    return say.hasBlocks()
        ? strided
        : strided.help(
            "or declare `parameters %s;`, which takes any stride"
                .formatted(Construction.AOL.word()));
  }
}
