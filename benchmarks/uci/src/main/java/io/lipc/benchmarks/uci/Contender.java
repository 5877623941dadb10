package io.lipc.benchmarks.uci;

import java.util.List;

/** The constructions that are compared, in the order of the tables. */
public enum Contender {
  /** The weights themselves are trained, and nothing bounds them. */
  PLAIN("plain"),
  /** SDP-based Lipschitz layers (Araujo et al. 2023): what the others are compared with. */
  SLL("sll"),
  /** Almost-orthogonal layers (Prach and Lampert 2022). */
  AOL("aol"),
  ORTHOGONAL("orthogonal"),
  /** Wang and Manchester 2023. */
  SANDWICH("sandwich"),
  /** The chain of Juston et al. 2025. */
  LDLT_L("ldlt-l"),
  /** Their residual form: blocks of two hidden layers, one behind the other. */
  LDLT_R("ldlt-r"),
  /** SLL without zeros behind the features; only to find out what they are worth. */
  SLL_UNPADDED("sll-unpadded"),
  /** SLL from the start of its authors' code; only to find out what the start is worth. */
  SLL_NORMAL("sll-normal");

  /** The contenders that are compared by default. */
  static final List<Contender> COMPARED =
      List.of(PLAIN, SLL, AOL, ORTHOGONAL, SANDWICH, LDLT_L, LDLT_R);

  private final String word;

  Contender(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
