package io.lipc.certificate;

import java.util.List;

/**
 * The evidence that the checker reads: gains of single units, multipliers of one matrix inequality,
 * and witnesses that matrices are positive.
 *
 * <p>The matrix inequality is over <em>rows</em>. A unit that starts rows of its own (the input, a
 * dense unit or convolution with a gain, a call, a nonlinear unit) is cut into rows of one or more
 * elements, as {@link Segmentation} says; where nothing is said, each element is a row. A row of
 * several elements enters the matrix as one block: constraints with one multiplier see it only
 * through inner products of equally long vectors, so the matrix is {@code S_s (x) I}.
 *
 * @param gains units whose matrix is not used, only a bound of its norm
 * @param segmentations how units with rows of several elements are cut
 * @param multipliers one entry for each unit that brings a quadratic constraint
 * @param witness why {@code S(bound^2, multipliers) >= 0}
 */
public record Proof(
    List<Gain> gains,
    List<Segmentation> segmentations,
    List<Multiplier> multipliers,
    PositivityWitness witness) {

  public Proof {
    gains = List.copyOf(gains);
    segmentations = List.copyOf(segmentations);
    multipliers = List.copyOf(multipliers);
  }

  /**
   * A dense unit or a convolution W taken as a unit that is only known to be {@code
   * gain}-Lipschitz.
   *
   * @param unit its number
   * @param gain proved by {@code gain^2 I - W W' >= 0}, or {@code W' W} where that is smaller; of a
   *     convolution at all frequencies of a torus
   * @param witness why these matrices are positive
   */
  public record Gain(int unit, double gain, GainWitness witness) {}

  /**
   * The lengths of a unit's rows.
   *
   * @param unit its number
   * @param lengths positive; their sum is the unit's size
   */
  public record Segmentation(int unit, List<Integer> lengths) {
    public Segmentation {
      lengths = List.copyOf(lengths);
    }
  }

  /**
   * The multipliers of one unit.
   *
   * @param unit its number
   * @param constraint which of the unit's constraints they multiply
   * @param values finite and not negative: a single one for all rows, or one per row; for the
   *     slopes of an activation of groups one per group, which for softmax is the whole unit
   */
  public record Multiplier(int unit, Constraint constraint, List<Double> values) {
    public Multiplier {
      values = List.copyOf(values);
    }

    /**
     * The unit and the kind of constraints that these multipliers belong to; a proof has one entry
     * for each.
     */
    public Constrained place() {
      return new Constrained(unit, constraint);
    }
  }

  /**
   * The owner of a multiplier: one unit, and the kind of that unit's constraints.
   *
   * @param unit the unit's number
   * @param constraint the kind of its constraints
   */
  public record Constrained(int unit, Constraint constraint) {}

  /**
   * The kinds of quadratic constraints that hold for the differences of two executions
   * (docs/soundness.md).
   */
  public enum Constraint {
    /**
     * The slopes of an activation: {@code (dw - a dz)(b dz - dw) >= 0}, elementwise; for
     * activations of groups summed over each group.
     */
    SLOPE,
    /**
     * The gain of a unit: {@code L^2 |dz|^2 - |dw|^2 >= 0}, over the whole unit, with a single
     * multiplier.
     */
    GAIN,
    /**
     * Inputs measured in linf: {@code t^2 - dx_k^2 >= 0} for each element of the input, t the linf
     * norm of dx; the multipliers of all elements add up to at most {@code bound^2}.
     */
    RANGE,
    /**
     * The signal of a unit on a torus without its part outside of the grid: {@code w = z} on the
     * grid and 0 outside of it. That has slopes in [0, 1]: {@code dw (dz - dw) >= 0}; what reads
     * the unit reads w.
     */
    CROP
  }
}
