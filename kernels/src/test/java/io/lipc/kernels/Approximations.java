package io.lipc.kernels;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import java.util.Collections;
import java.util.Set;

/** How far emitted code may be from the interpreter, which computes in doubles and rounds. */
public final class Approximations {

  /** What code in F32 computes by faster functions than the doubles that have these names. */
  private static final Set<String> FASTER =
      Set.of(
          "tanh",
          "sigmoid",
          "silu",
          "mish",
          "gelu",
          "gelu_tanh",
          "softplus",
          "selu",
          "elu",
          "celu",
          "softmax");

  private Approximations() {}

  static boolean approximates(ElementType type, String activation) {
    return type == ElementType.F32 && FASTER.contains(activation);
  }

  private static boolean approximates(Subject subject) {
    return subject.callees().values().stream().anyMatch(Approximations::approximates)
        || subject.certificate().units().stream()
            .anyMatch(
                unit ->
                    unit instanceof Unit.Activation activation
                        && approximates(subject.certificate().type(), activation.name()));
  }

  /**
   * 0 where both give the same bits, else the rounding bounds of both; but never so much that a
   * wrong network could pass.
   *
   * @param radius no element of an input is larger
   */
  public static double tolerance(Subject subject, double radius) {
    if (!approximates(subject)) {
      return 0;
    }
    int size = subject.certificate().units().getFirst().size();
    Unit.Box box =
        new Unit.Box(Collections.nCopies(size, -radius), Collections.nCopies(size, radius));
    return Math.min(1e-3, 2 * RoundingBound.maxError(subject, box).orElseThrow());
  }
}
