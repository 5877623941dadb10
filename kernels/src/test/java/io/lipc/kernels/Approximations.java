package io.lipc.kernels;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import java.util.Collections;
import java.util.Set;

/** How far emitted code may be from the interpreter, which computes in doubles and rounds. */
public final class Approximations {

  /**
   * The functions that code in F32 computes faster than by the functions of doubles with these
   * names.
   */
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

  /** The functions that devices compute in floats, where the JVM takes a function of doubles. */
  private static final Set<String> IN_FLOATS =
      Set.of("softsign", "hard_sigmoid", "hard_swish", "sin", "center");

  /** The functions that devices compute by other steps than the JVM, in doubles as well. */
  private static final Set<String> BY_OTHER_STEPS =
      Set.of("softsign", "hard_sigmoid", "hard_swish", "sin");

  private Approximations() {}

  static boolean approximates(ElementType type, String activation) {
    return type == ElementType.F32 && FASTER.contains(activation);
  }

  private static boolean has(Subject subject, Set<String> words) {
    return subject.callees().values().stream().anyMatch(callee -> has(callee, words))
        || subject.certificate().units().stream().anyMatch(unit -> words.contains(word(unit)));
  }

  private static String word(Unit unit) {
    return switch (unit) {
      case Unit.Activation activation -> activation.function().word();
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
    boolean approximates = subject.certificate().type() == ElementType.F32 && has(subject, FASTER);
    return approximates ? roundingOfBoth(subject, radius) : 0;
  }

  /** The same of code for devices. */
  static double toleranceOnDevices(Subject subject, double radius) {
    boolean approximates =
        has(subject, FASTER)
            || switch (subject.certificate().type()) {
              case F32 -> has(subject, IN_FLOATS);
              case F64 -> has(subject, BY_OTHER_STEPS);
            };
    return approximates ? roundingOfBoth(subject, radius) : 0;
  }

  private static double roundingOfBoth(Subject subject, double radius) {
    int size = subject.certificate().units().getFirst().size();
    Unit.Box box =
        new Unit.Box(Collections.nCopies(size, -radius), Collections.nCopies(size, radius));
    double most = subject.certificate().type() == ElementType.F32 ? 1e-3 : 1e-3 * 0x1p-29;
    return Math.min(most, 2 * RoundingBound.maxError(subject, box).orElseThrow());
  }
}
