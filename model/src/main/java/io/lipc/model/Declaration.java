package io.lipc.model;

import java.util.List;
import java.util.Optional;

/**
 * A network as it was written, in either front end: names are unresolved and nothing is checked.
 *
 * @param name the qualified name
 * @param documentation the doc comment, empty where there is none
 * @param spec the declared bound, where there is one
 * @param weights where the weights come from
 * @param precision the declared precision
 * @param steps in the order of the source
 * @param output the name of the step that the network returns; absent where none was marked
 * @param result the declared shape of the result, where the front end has one
 */
public record Declaration(
    String name,
    String documentation,
    Optional<Spec> spec,
    WeightsSource weights,
    Precision precision,
    List<Step> steps,
    Optional<String> output,
    Optional<List<Integer>> result) {

  public Declaration {
    steps = List.copyOf(steps);
    result = result.map(List::copyOf);
  }

  /** The same declaration with another property. */
  public Declaration withSpec(Spec other) {
    return new Declaration(
        name, documentation, Optional.of(other), weights, precision, steps, output, result);
  }

  /**
   * A declared property as written.
   *
   * @param bound possibly not positive or not finite
   * @param inputNorm the norm of the input differences
   * @param outputNorm the norm of the output differences
   * @param pairs whether a bound of the difference of each two outputs is asked for as well
   */
  public record Spec(double bound, Norm inputNorm, Norm outputNorm, boolean pairs) {

    /** A bound alone, without bounds of differences of outputs. */
    public Spec(double bound, Norm inputNorm, Norm outputNorm) {
      this(bound, inputNorm, outputNorm, false);
    }
  }
}
