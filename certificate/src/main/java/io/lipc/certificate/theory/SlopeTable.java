package io.lipc.certificate.theory;

import java.util.List;
import java.util.Optional;

/**
 * The checker's own table of slope intervals. It depends on an activation's name and constants
 * alone: a certificate has no say in it. The proofs:
 *
 * <ul>
 *   <li>relu and leaky_relu are piecewise linear and continuous, so a difference quotient is a mean
 *       of the slopes 0 and 1, or s and 1;
 *   <li>the derivative {@code 1 - tanh^2} of tanh lies in (0, 1];
 *   <li>the derivative {@code s (1 - s)} of sigmoid, s, lies in (0, 1/4];
 *   <li>silu, {@code t s(t)}, has the derivative {@code s + t s (1 - s)}. The derivative of that is
 *       {@code s (1 - s) (2 - t tanh(t/2))}, positive exactly where {@code |t| < r}, {@code r
 *       tanh(r/2) = 2}. So the first one lies between its values at -r and r; as {@code s(r) = 1/2
 *       + 1/r}, they are {@code 1/2 - r/4} and {@code 1/2 + r/4}, here rounded outward;
 *   <li>{@code ||u| - |v|| <= |u - v|}.
 * </ul>
 */
public final class SlopeTable {

  private SlopeTable() {}

  /** Bounds of {@code (f(u) - f(v)) / (u - v)}, in order. */
  public record Slopes(double lower, double upper) {}

  /**
   * The slopes of the elementwise activation {@code name}; empty if there is none of that name with
   * that many constants. maxmin is not elementwise.
   */
  public static Optional<Slopes> slopes(String name, List<Double> parameters) {
    return switch (name + "/" + parameters.size()) {
      case "relu/0", "tanh/0" -> Optional.of(new Slopes(0, 1));
      case "sigmoid/0" -> Optional.of(new Slopes(0, 0.25));
      case "silu/0" -> Optional.of(new Slopes(-0x1.98f11d8p-4, 0x1.198f11d8p0));
      case "abs/0" -> Optional.of(new Slopes(-1, 1));
      case "identity/0" -> Optional.of(new Slopes(1, 1));
      case "leaky_relu/1" -> {
        double slope = parameters.getFirst();
        yield Optional.of(new Slopes(Math.min(slope, 1), Math.max(slope, 1)));
      }
      default -> Optional.empty();
    };
  }
}
