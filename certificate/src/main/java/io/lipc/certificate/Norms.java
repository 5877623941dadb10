package io.lipc.certificate;

import io.lipc.formats.Norm;
import java.util.Locale;

/**
 * The two norms between which a Lipschitz bound holds.
 *
 * @param input the norm of the input differences
 * @param output the norm of the output differences
 */
public record Norms(Norm input, Norm output) {

  /** Differences of inputs and of outputs are both measured in l2, the Euclidean norm. */
  public static final Norms EUCLIDEAN = new Norms(Norm.L2, Norm.L2);

  /** The two norms as text, such as {@code linf -> l2}. */
  @Override
  public String toString() {
    return word(input) + " -> " + word(output);
  }

  private static String word(Norm norm) {
    return norm.name().toLowerCase(Locale.ROOT);
  }
}
