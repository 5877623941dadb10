package io.lipc.tools;

import io.lipc.certificate.Norm;
import io.lipc.certificate.Norms;
import io.lipc.model.Declaration;

/** How reports write the norms of a bound. */
final class NormWords {

  private NormWords() {}

  /** As in {@code linf -> l2}. */
  static String arrow(Norms norms) {
    return word(norms.input()) + " -> " + word(norms.output());
  }

  /** As in {@code from linf to l2}. */
  static String sentence(Norms norms) {
    return "from " + word(norms.input()) + " to " + word(norms.output());
  }

  /** What a declaration is about; l2 where it says nothing. */
  static Norms of(Declaration declaration) {
    return declaration
        .spec()
        .map(spec -> new Norms(of(spec.inputNorm()), of(spec.outputNorm())))
        .orElse(Norms.EUCLIDEAN);
  }

  private static Norm of(io.lipc.model.Norm norm) {
    return switch (norm) {
      case L2 -> Norm.L2;
      case LINF -> Norm.LINF;
    };
  }

  private static String word(Norm norm) {
    return switch (norm) {
      case L2 -> "l2";
      case LINF -> "linf";
    };
  }
}
