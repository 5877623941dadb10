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

  /** What devices compute in floats, where the JVM takes a function of doubles. */
  private static final Set<String> ON_DEVICES =
      Set.of("softsign", "hard_sigmoid", "hard_swish", "sin", "center");

  private Approximations() {}

  static boolean approximates(ElementType type, String activation) {
    return type == ElementType.F32 && FASTER.contains(activation);
  }

  private static boolean approximates(Subject subject, Set<String> words) {
    return subject.certificate().type() == ElementType.F32
        && (subject.callees().values().stream().anyMatch(callee -> approximates(callee, words))
            || subject.certificate().units().stream().anyMatch(unit -> words.contains(word(unit))));
  }

  private static String word(Unit unit) {
    return switch (unit) {
      case Unit.Activation activation -> activation.name();
      case Unit.Linear linear -> linear.map().word();
      default -> "";
    };
  }

  /**
   * 0 where both give the same bits, else the rounding bounds of both; but never so much that a
   * wrong network could pass.
   *
   * @param radius no element of an input is larger
   */
  public static double tolerance(Subject subject, double radius) {
    return approximates(subject, FASTER) ? roundingOfBoth(subject, radius) : 0;
  }

  /** The same of code for devices. */
  static double toleranceOnDevices(Subject subject, double radius) {
    boolean approximates = approximates(subject, FASTER) || approximates(subject, ON_DEVICES);
    return approximates ? roundingOfBoth(subject, radius) : 0;
  }

  private static double roundingOfBoth(Subject subject, double radius) {
    int size = subject.certificate().units().getFirst().size();
    Unit.Box box =
        new Unit.Box(Collections.nCopies(size, -radius), Collections.nCopies(size, radius));
    return Math.min(1e-3, 2 * RoundingBound.maxError(subject, box).orElseThrow());
  }
}
