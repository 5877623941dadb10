package io.lipc.model.diagnostic;

/**
 * A place in a declaration, in words of the model. Each front end keeps a map from places to its
 * own positions, so a check is written once and its message still points at the right character.
 * Steps are numbered as in {@link io.lipc.model.Declaration#steps()}.
 */
public sealed interface Place {

  /** The declaration as a whole: its name. */
  record OfNetwork() implements Place {}

  /** The declared bound. */
  record OfBound() implements Place {}

  /**
   * The clause or annotation that asks for a claim beside the bound.
   *
   * @param word the word of its property, such as {@code pairs}
   */
  record OfClaim(String word) implements Place {}

  /** The declared file of weights. */
  record OfWeights() implements Place {}

  /** The declared construction of the weights. */
  record OfParameters() implements Place {}

  /** The declared shape of the result. */
  record OfResult() implements Place {}

  /** The mark of the output: the operand of {@code return}, or an annotation. */
  record OfOutput() implements Place {}

  /** A step: its operation as written. */
  record OfStep(int step) implements Place {}

  /** The name that a step is bound to. */
  record OfName(int step) implements Place {}

  /** Operand number {@code index} of a step. */
  record OfOperand(int step, int index) implements Place {}

  /** The arguments of a step's operation: the outputs of a dense layer, a factor. */
  record OfArgument(int step) implements Place {}

  /** The interval of an input step: the end of it that is at fault, where it is written alone. */
  record OfBox(int step) implements Place {}

  /** The place to use when a front end knows no position of this one. */
  default Place wider() {
    return switch (this) {
      case OfNetwork place -> place;
      case OfOutput _ -> new OfResult();
      case OfClaim _ -> new OfBound();
      case OfBound _, OfWeights _, OfParameters _, OfResult _, OfStep _ -> new OfNetwork();
      case OfName place -> new OfStep(place.step());
      case OfOperand place -> new OfStep(place.step());
      case OfArgument place -> new OfStep(place.step());
      case OfBox place -> new OfArgument(place.step());
    };
  }
}
