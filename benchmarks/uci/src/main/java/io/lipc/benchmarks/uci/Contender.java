package io.lipc.benchmarks.uci;

import io.lipc.charts.Colour;
import java.util.List;

/** The constructions that are compared, in the order of the tables. */
public enum Contender {
  /** The weights themselves are trained, and nothing bounds them. */
  PLAIN("plain", Colour.GREY),
  /** SDP-based Lipschitz layers (Araujo et al. 2023): what the others are compared with. */
  SLL("sll", Colour.INK),
  /** Almost-orthogonal layers (Prach and Lampert 2022). */
  AOL("aol", Colour.AMBER),
  ORTHOGONAL("orthogonal", Colour.GREEN),
  /** Wang and Manchester 2023. */
  SANDWICH("sandwich", Colour.PURPLE),
  /** The chain of Juston et al. 2025. */
  LDLT_L("ldlt-l", Colour.BLUE),
  /** Their residual form: blocks of two hidden layers, one behind the other. */
  LDLT_R("ldlt-r", Colour.RED),
  /** SLL without zeros behind the features; only to find out what they are worth. */
  SLL_UNPADDED("sll-unpadded", Colour.PALE),
  /** SLL from the start of its authors' code; only to find out what the start is worth. */
  SLL_NORMAL("sll-normal", Colour.PALE);

  /** The contenders that are compared by default. */
  static final List<Contender> COMPARED =
      List.of(PLAIN, SLL, AOL, ORTHOGONAL, SANDWICH, LDLT_L, LDLT_R);

  private final String word;
  private final Colour colour;

  Contender(String word, Colour colour) {
    this.word = word;
    this.colour = colour;
  }

  String word() {
    return word;
  }

  Colour colour() {
    return colour;
  }
}
