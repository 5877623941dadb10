package io.lipc.tools.command;

import io.lipc.certificate.ClaimKind;

/** The words for kinds of claims in sentences. */
public final class ClaimWords {

  private ClaimWords() {}

  /** {@code the certificate of the pairs of its outputs}. */
  public static String certificate(ClaimKind kind) {
    return "the certificate of " + subject(kind);
  }

  /** The simple name of the annotation that asks for it. */
  public static String annotation(ClaimKind kind) {
    return switch (kind) {
      case LIPSCHITZ -> "Lipschitz";
      case SCALED -> "ScaledLipschitz";
      case PAIRS -> "Pairs";
      case RANGE -> "Range";
      case QUERY -> "Query";
      case LOCAL -> "LocalLipschitz";
      case MONOTONE -> "Monotone";
      case SLOPES -> "Slopes";
    };
  }

  /** The beginning of lines about claims of a kind. */
  public static String title(ClaimKind kind) {
    return switch (kind) {
      case LIPSCHITZ -> "bound";
      case SCALED -> "scaled bound";
      case PAIRS -> "pairs of outputs";
      case RANGE -> "range of outputs";
      case QUERY -> "query";
      case LOCAL -> "local bound";
      case MONOTONE -> "monotone outputs";
      case SLOPES -> "slopes";
    };
  }

  /** The subject of a certificate, as in {@code the certificate of the pairs of its outputs}. */
  public static String subject(ClaimKind kind) {
    return switch (kind) {
      case LIPSCHITZ -> "its bound";
      case SCALED -> "its scaled bound";
      case PAIRS -> "the pairs of its outputs";
      case RANGE -> "the range of its outputs";
      case QUERY -> "its query";
      case LOCAL -> "its local bound";
      case MONOTONE -> "its monotone outputs";
      case SLOPES -> "the bounds of its single inputs";
    };
  }

  /** The same before the name of a network, as in {@code the pairs of outputs of demo.Net}. */
  public static String of(ClaimKind kind) {
    return switch (kind) {
      case LIPSCHITZ -> "the bound";
      case SCALED -> "the scaled bound";
      case PAIRS -> "the pairs of outputs";
      case RANGE -> "the range of outputs";
      case QUERY -> "the query";
      case LOCAL -> "the local bound";
      case MONOTONE -> "the monotone outputs";
      case SLOPES -> "the bounds of single inputs";
    };
  }
}
