package io.lipc.certificate;

import java.util.Locale;

/**
 * Between which norms a bound holds.
 *
 * @param input the norm of the input differences
 * @param output the norm of the output differences
 */
public record Norms(Norm input, Norm output) {

  /** Differences of inputs and of outputs are both measured in l2, the Euclidean norm. */
  public static final Norms EUCLIDEAN = new Norms(Norm.L2, Norm.L2);

  /** As in {@code linf -> l2}. */
  @Override
  public String toString() {
    return word(input) + " -> " + word(output);
  }

  private static String word(Norm norm) {
    return norm.name().toLowerCase(Locale.ROOT);
  }
}
